"""Holds every formula cell of written workbooks, computed anew by LibreOffice, against the
library's figures; then edits actuals, and holds them against the library's over facts edited alike.

    python check.py PROGRAM REPOSITORY OUT

PROGRAM is the example `workbook`. Needs `soffice` and openpyxl, and installs nothing.
"""

import csv
import decimal
import json
import pathlib
import shutil
import subprocess
import sys

import openpyxl

import expected as e
import soffice

PROGRAM, REPOSITORY, OUT = (pathlib.Path(each).resolve() for each in sys.argv[1:4])
failures, worst = [], decimal.Decimal(0)


def written(folder, as_of, out):
    subprocess.run([PROGRAM, folder, as_of, out], check=True, capture_output=True)
    return out / f"{folder.name}.xlsx", e.Answers(out / f"{folder.name}.answers.jsonl")


def hold(where, got, wanted, scale=0):
    global worst
    distance = e.distance(got, wanted, scale)
    if distance is None or distance > e.TOLERANCE:
        failures.append(f"{where}: {got!r}, and the library says {wanted!r}")
    else:
        worst = max(worst, distance)


def formulas(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def row_of(sheet, row):
    return [sheet.cell(row, column + 1).value for column in range(21)]


def check(name, workbook, answers):
    """Every formula cell of every sheet; how many there are."""
    computed = openpyxl.load_workbook(soffice.convert(workbook, OUT / "computed"), data_only=True)
    original = openpyxl.load_workbook(workbook)
    held = 0
    for sheet in original:
        values = computed[sheet.title]
        for cell in formulas(sheet):
            got, row = values.cell(cell.row, cell.column).value, row_of(sheet, cell.row)
            where = f"{name} {sheet.title}!{cell.coordinate}"
            if isinstance(got, str) and got.startswith("#"):
                failures.append(f"{where}: {got}")
            elif sheet.title == "Dashboard":
                dashboard(where, answers, row, cell.column - 1, got)
            elif sheet.title == "Actuals":
                actuals(where, answers, row, cell.column - 1, got)
            elif sheet.title == "KPI set":
                line = answers.now[row[0]]
                target = line["target"]
                hold(where, got, decimal.Decimal(target["low"]) if target else "no target")
            elif sheet.title == "Plan and budget":
                budget(where, answers, sheet, cell, got)
            elif sheet.title == "Monthly report":
                report(where, answers, sheet, cell, got)
            else:
                failures.append(f"{where}: a formula that nothing is known of")
            held += 1
    return held


def e_name(text):
    # Characters that turn the direction of writing are shown as a replacement.
    return "".join("\ufffd" if "\u202a" <= c <= "\u202e" else c for c in text)


def compare(where, answers, line, column, got):
    if column == e.WHY:
        return
    wanted = answers.of_line(line, column)
    # What is subtracted is exact to the last digit of what it was subtracted from.
    operands = [answers.of_line(line, each) for each in (e.AC, e.PL, e.PP, e.PY)]
    scale = max([abs(each) for each in operands if not isinstance(each, str)] + [decimal.Decimal(0)])
    if column in (e.RELATIVE, e.RPP, e.RPY):
        base = answers.of_line(line, {e.RELATIVE: e.PL, e.RPP: e.PP, e.RPY: e.PY}[column])
        scale = scale / abs(base) if not isinstance(base, str) and base else 0
    hold(where, got, wanted, scale if column not in (e.AC, e.PL, e.PP, e.PY) else 0)


def dashboard(where, answers, row, column, got):
    compare(where, answers, answers.lines[row[e.ID], row[e.PERIOD]], column, got)


def actuals(where, answers, row, column, got):
    kpi = answers.lines.get((row[0], row[3]))
    wanted = e.figure(kpi["actual"]) if kpi else answers.series.get((row[0], row[3]), "missing")
    if column == 6:
        hold(where, got, wanted)
    else:
        hold(where, got or "", wanted if isinstance(wanted, str) else "")


def budget(where, answers, sheet, cell, got):
    # The budget is the one whose title stands nearest above.
    title = next(sheet.cell(row, 1).value for row in range(cell.row, 0, -1) if str(sheet.cell(row, 1).value).startswith("Budget "))
    report = answers.budgets[title.removeprefix("Budget ")]
    id = sheet.cell(cell.row, 1).value
    if id == "frame":
        return hold(where, got, e.figure(report["unallocated"]))
    amounts = report["total"] if sheet.cell(cell.row, 2).value == "All lines" else next(line for line in report["lines"] if line["line"] == id)
    names = [None, None, None, "allocated", "moved", "revised", "to_date", "spent", "variance", "committed", "remaining"]
    wanted = e.figure(amounts[names[cell.column - 1]])
    # A sum without one of its parts is missing, whatever the part's own reason.
    hold(where, got, "missing" if isinstance(wanted, str) else wanted)


def report(where, answers, sheet, cell, got):
    # Which table it is, its headings tell.
    headings = next(row for row in range(cell.row, 0, -1) if sheet.cell(row, 1).fill.fgColor.rgb == "FFE5E9F0")
    heading, name = sheet.cell(headings, cell.column).value, sheet.cell(cell.row, 1).value
    if sheet.cell(headings, 1).value == "Line":
        [report] = [report for report in answers.budgets.values() if any(e_name(line["name"]) == name for line in report["lines"])]
        amounts = next(line for line in report["lines"] if e_name(line["name"]) == name)
        key = {"Budget": "revised", "Planned to date": "to_date", "Spent": "spent", "Difference": "variance", "Committed": "committed", "Remaining": "remaining"}
        wanted = e.figure(amounts[key[heading]])
        return hold(where, got, "missing" if isinstance(wanted, str) else wanted)
    lines = [line for line in answers.now.values() if name in (e_name(line["name"]), e_name(f"{line['name']} ({line['period']['label']})"))]
    [line] = lines
    columns = {"AC": e.AC, "PL": e.PL, "ΔPL": e.CHANGE, "ΔPL%": e.RELATIVE, "ΔPP": e.DPP, "ΔPY": e.DPY, "Status": e.STATUS, "Target": e.PL}
    compare(where, answers, line, columns[heading], got)


def texts(name, workbook, system):
    """Users' texts appear as they are: none became a formula, and LibreOffice shows each."""
    computed = openpyxl.load_workbook(OUT / "computed" / workbook.name)
    shown = {cell.value for sheet in computed for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
    for text in system:
        if text not in shown:
            failures.append(f"{name}: the text {text!r} is not shown as it is")


def edit(name, workbook, edits, out):
    """Types numbers into the actuals, as people do."""
    book = openpyxl.load_workbook(workbook)
    sheet, done = book["Actuals"], 0
    for row in range(5, sheet.max_row + 1):
        if change := edits.get((sheet.cell(row, 1).value, sheet.cell(row, 4).value)):
            cell = sheet.cell(row, 7)
            assert cell.data_type == "n", f"{name}: {cell.coordinate} is not a plain number"
            cell.value = float(decimal.Decimal(repr(cell.value or 0)) + change)
            done += 1
    assert done == len(edits), f"{name}: {done} of {len(edits)} edits found their cell"
    out.mkdir(parents=True, exist_ok=True)
    book.save(out / workbook.name)
    return out / workbook.name


def read_back(name, folder, as_of, workbook, edits):
    """What the library says was changed in a workbook that LibreOffice saved."""
    program = subprocess.run([PROGRAM, folder, as_of, OUT / "unused", OUT / "computed" / workbook.name], check=True, capture_output=True, text=True)
    changes = json.loads(program.stdout)
    told = {(change["figure"], change["period"]["label"]) for change in changes["actuals"]}
    if told != set(edits) or any(changes[each] for each in ("kpis", "targets", "findings")):
        failures.append(f"{name}: read back as {str(changes)[:600]}")


def edited_facts(folder, rows, out):
    """The same folder with rows added to its facts."""
    shutil.copytree(folder, out / folder.name, dirs_exist_ok=True)
    for source, row in rows:
        with open(out / folder.name / "data" / f"{source}.csv", "a", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(row)
    return out / folder.name


HOSTILE = ["=SUM(A1:A3)", "-Profit", "_x0041_ <b>&amp;</b>", "'quoted'", 'Order "size"', "{=A1}", "=1+1", "+cmd|' /C calc'!A0", "@SUM(A1:A9)", "=Line", "+Rest", "=because", "=Review", "@Stand-up", "-Revenue", "@one", "=1/0"]
D = decimal.Decimal
COMPANIES = [
    ("examples/kestrel", "2026-09-30", {("total_spend", "2026-08"): D("12345.67"), ("media_spend", "2026-08"): D("12345.67"), ("website_visits", "2025-09"): D(777)},
     [("web", ["2025-09-30", "777"]), ("spend", ["2026-08-31", "paid_search", "media", "12345.67"])], []),
    ("examples/architects", "2026-09-30", {}, [], []),
    ("tests/workbook/worked", "2026-06-30", {("revenue", "2026-05"): D("1000.10"), ("web_revenue", "2026-05"): D("1000.10"), ("orders", "2026-05"): D(1), ("order_size.sum", "2026-05"): D("1000.10"), ("order_size.rows", "2026-05"): D(1), ("refunds", "2026-05"): D("0.30")},
     [("sales", ["2026-05-11", "web", "b", "1000.10", "0.30"])], HOSTILE),
]


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    total = 0
    for folder, as_of, edits, rows, hostile in COMPANIES:
        folder = REPOSITORY / folder
        workbook, answers = written(folder, as_of, OUT / "written")
        held = check(folder.name, workbook, answers)
        texts(folder.name, workbook, hostile)
        read_back(folder.name, folder, as_of, workbook, {})
        if edits:
            again, answers = written(edited_facts(folder, rows, OUT / "facts"), as_of, OUT / "expected")
            # Spending that a budget counts is typed in there too, and not here.
            book = edit(folder.name, workbook, edits, OUT / "edited")
            answers.budgets = e.Answers(OUT / "written" / f"{folder.name}.answers.jsonl").budgets
            held += check(f"{folder.name}, edited,", book, answers)
            read_back(f"{folder.name}, edited,", folder, as_of, book, edits)
        print(f"{folder.name}: {held} formula cells")
        total += held
    for failure in failures[:40]:
        print(failure, file=sys.stderr)
    print(f"workbooks: {total} formula cells held against the library, {len(failures)} differ; the farthest lies {worst:.1E} of its size away")
    sys.exit(1 if failures or not total else 0)


main()
