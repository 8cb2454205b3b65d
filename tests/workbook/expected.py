"""What each formula cell of a workbook must come to, from the library's answers alone."""

import decimal
import json

decimal.getcontext().prec = 60

# The columns of the dashboard, from 0.
ID, PERIOD, AC, PL, CHANGE, RELATIVE, IMPACT, STATUS, PP, DPP, RPP, PY, DPY, RPY, WHY, DAYS, OF = 0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 18, 19, 20
STATUSES = {"met": "on target", "missed": "off target", "no_target": "no target", "unknown": "no value", "not_judged": "not judged"}


def figure(value):
    """A number, or the reason in the words that stand in cells."""
    if value is None:
        return "–"
    return decimal.Decimal(value["value"]) if value["is"] == "value" else value["is"].replace("_", " ")


class Answers:
    def __init__(self, path):
        self.lines, self.series, self.budgets, self.now = {}, {}, {}, {}
        for text in open(path, encoding="utf-8"):
            answer = json.loads(text)
            if line := answer.get("line"):
                self.lines[line["kpi"], line["period"]["label"]] = line
            elif "series" in answer:
                for each in answer["series"]:
                    self.series[answer["figure"], each["period"]["label"]] = figure(each)
            elif budget := answer.get("budget"):
                self.budgets[budget["period"]["label"]] = budget
            else:
                self.now = {line["kpi"]: line for line in answer["scorecard"]["lines"]}

    def of_line(self, line, column):
        """A column of the dashboard."""
        against = {PL: "plan", PP: "previous", PY: "prior_year"}
        for base, name in against.items():
            comparison = line[name]
            if column == base:
                return figure(comparison["base"])
            if column == base + 1:
                return figure(comparison["change"])
            if column == base + 2:
                return figure(comparison["relative"])
        return {
            AC: lambda: figure(line["actual"]),
            IMPACT: lambda: line["plan"]["impact"],
            STATUS: lambda: STATUSES[line["status"]["target"]],
            DAYS: lambda: decimal.Decimal(line["coverage"]["days"]),
            OF: lambda: decimal.Decimal(line["coverage"]["of"]),
            WHY: lambda: None,
        }[column]()


# The distance of a formula's double from the exact figure, as a share of it: what equality means.
TOLERANCE = decimal.Decimal("1e-12")


def distance(got, wanted, scale=0):
    """How far a cell lies from a figure, as a share of the larger of the figure and of what it was
    subtracted from; `None` where one is a word and it is not the same word."""
    if isinstance(wanted, str) or isinstance(got, str) or got is None:
        return decimal.Decimal(0) if got == wanted else None
    size = max(abs(wanted), scale)
    return abs(decimal.Decimal(got) - wanted) / size if size else abs(decimal.Decimal(got))
