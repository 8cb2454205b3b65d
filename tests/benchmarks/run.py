"""Runs the engine beside its peers on the same data, in alternation, and prints one table of ratios.

    python run.py [--rows N] [--rounds N] [--stage NAME…] [--without-engine] [--keep-going]

Every contestant is a process of its own that has loaded its data and waits; in each round each of
them runs once, in an order that rotates, so that whatever else the machine does strikes all alike.
A ratio is taken round by round. Every contestant has one thread, and its time is the CPU time of
its process (the wall clock for runs of a few milliseconds): what others do on the machine is not
counted. Answers are compared before anything is timed: a fast wrong answer fails the run.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from answers import difference
from generate import DAYS, generate, tenants_for

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
FULL = 10_000_000
# Runs shorter than this are repeated within a round, and their median counts.
SHORT = 50_000_000

PEERS = {"duck": "DuckDB", "polar": "Polars", "fusion": "DataFusion", "arrow": "PyArrow", "frames": "pandas", "vectors": "NumPy"}


@dataclass
class Line:
    """A line of the table: a contestant of a workload, and what the engine owes it.

    `at least`: its time ÷ the engine's. `at most`: the engine's time ÷ its.
    """

    who: str
    budget: float | None = None
    sense: str = "at least"


@dataclass
class Workload:
    name: str
    key: str
    lines: list[Line]
    unit: str = "rows"


@dataclass
class Stage:
    name: str
    engine: str
    workloads: list[Workload]
    plain: str | None = None
    more: dict[str, str] = field(default_factory=dict)


def in_memory(order: str) -> Stage:
    peers = {"duck": 15, "polar": 7, "fusion": None, "arrow": None, "frames": None}
    roll_up = [Line(peer, budget) for peer, budget in peers.items()] + [Line("plain sum", 12, "at most")]
    additive = [Line(peer, 15) for peer in peers] + [Line("plain sum", 4, "at most"), Line("plain doubles", 1.1, "at most")]
    return Stage(
        order,
        order,
        [Workload(f"roll-up with distinct count, {order}", "roll-up", roll_up), Workload(f"additive roll-up, {order}", "additive", additive)],
        plain=f"plain-{order}",
    )


STAGES = [
    in_memory("sorted"),
    in_memory("shuffled"),
    Stage("csv", "csv", [Workload("from CSV text", "from CSV", [Line(peer, 3) for peer in ("duck", "polar", "fusion", "arrow", "frames")])]),
    Stage(
        "scorecard",
        "scorecard",
        [Workload("scorecard, 50 KPIs × 36 months", "scorecard", [Line("one millisecond", 1, "at most"), Line("frames"), Line("polar")], unit="values")],
    ),
    Stage(
        "tenants",
        "tenants",
        [
            Workload(
                "tenants × 12 KPIs × 24 months",
                "tenants",
                [Line("frames", 50), Line("vectors"), Line("polar"), Line("a tenth of the tenants, each", 1.25, "at most"), Line("a tenth of the tenants, memory", 1.5, "at most")],
            )
        ],
        more={"tenth": "tenants-tenth"},
    ),
    Stage("append", "append", [Workload("one more day after three years", "append", [Line("rebuild", 100)])]),
]
# Declared, and not measured yet: the Python package takes no Arrow data.
DECLARED = [("from Parquet (Python, PyArrow's reader)", peer, 3.0, "at least") for peer in ("DuckDB", "Polars", "pandas")]


class Failed(Exception):
    """The run cannot be believed, or cannot go on."""


class Contestant:
    """A process that has its data and waits to be told what to run."""

    def __init__(self, name: str, command: list[str]):
        self.name = name
        # In this process's group, so that one interrupt ends all.
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE)
        hello = self.read()
        self.version = hello["ready"]
        self.formulations = hello["formulations"]
        self.loaded = self.memory("VmRSS")

    def read(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            raise Failed(f"{self.name} ended: {self.process.wait()}")
        return json.loads(line)

    def ask(self, command: str, formulation: str) -> dict:
        self.process.stdin.write(f"{command} {formulation}\n")
        self.process.stdin.flush()
        return self.read()

    def run(self, formulation: str) -> tuple[int, int]:
        """Nanoseconds of a run, and of its wall clock; of several runs when they are short."""
        before = self.cpu()
        walls = [self.ask("run", formulation)["nanoseconds"]]
        while sum(walls) < SHORT and len(walls) < 200 and walls[0] < SHORT // 4:
            walls.append(self.ask("run", formulation)["nanoseconds"])
        wall = round(statistics.median(walls))
        # Beside a run of a few milliseconds, what is said about it would count.
        return (wall if wall < SHORT // 10 else min(wall, (self.cpu() - before) // len(walls))), wall

    def cpu(self) -> int:
        """Nanoseconds that the process has run, threads that have ended included.

        The clock of another process by its number, as clock_getcpuclockid(3) gives it; adding up
        the threads in /proc would lose those of a pool that has shrunk.
        """
        return time.clock_gettime_ns(~self.process.pid << 3 | 2)

    def memory(self, field_: str) -> int:
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(field_ + ":"):
                return int(line.split()[1]) * 1024
        return 0

    def reset_peak(self) -> None:
        """Forgets the peak of loading, so that the peak of the runs is seen (proc(5), clear_refs)."""
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.stdin.close()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@dataclass
class Way:
    """A contestant's chosen formulation of a workload."""

    contestant: Contestant
    formulation: str
    label: str
    times: list[int] = field(default_factory=list)
    walls: list[int] = field(default_factory=list)
    peak: int = 0


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def start(stage: Stage, folder: Path, with_engine: bool) -> dict[str, Contestant]:
    binary = str(TARGET / "release" / "benchmark")
    commands = {}
    if with_engine:
        commands["engine"] = [binary, stage.engine, str(folder)]
        commands |= {name: [binary, other, str(folder)] for name, other in stage.more.items()}
    if stage.plain:
        commands["plain"] = [binary, stage.plain, str(folder)]
    for line in (line for workload in stage.workloads for line in workload.lines if line.who in PEERS):
        commands[line.who] = [sys.executable, str(HERE / "worker.py"), line.who, stage.name, str(folder)]
    started = {}
    try:
        for name, command in commands.items():
            started[name] = Contestant(name, command)
    except BaseException:
        for contestant in started.values():
            contestant.close()
        raise
    return started


def choose(workload: Workload, contestants: dict[str, Contestant]) -> dict[str, Way]:
    """The formulation of each contestant that is compared: warms up, checks answers, takes the fastest."""
    ways: dict[str, Way] = {}
    truth: tuple[str, dict] | None = None
    for name, contestant in contestants.items():
        groups: dict[str, list[tuple[int, str]]] = {}
        for formulation in contestant.formulations:
            key, _, way = formulation.partition("/")
            if key != workload.key:
                continue
            first, _ = contestant.run(formulation)
            answer = contestant.ask("answer", formulation)
            if "bytes" not in answer["exact"]:
                if truth is None:
                    truth = (f"{name}, {way}", answer)
                elif wrong := difference(truth[1], answer) if name != "tenth" else None:
                    raise Failed(f"{workload.name}: {truth[0]} and {name}, {way}, differ in {wrong}")
            # Named contestants in one process (plain sum, rebuild) are contestants of their own.
            group = way if name == "plain" or way in ("rebuild", "from a snapshot") else f"{name} rewritten" if way.startswith("rewritten") else name
            groups.setdefault(group, []).append((first, formulation))
        for group, found in groups.items():
            if len(found) > 1:
                found = [(min(first, contestant.run(formulation)[0]), formulation) for first, formulation in found]
            label = contestant.version if group.partition(" ")[0] in PEERS else group
            label += ", " + found[0][1].partition("/")[2] if group.endswith(" rewritten") else ""
            ways[group] = Way(contestant, min(found)[1], label)
    return ways


def race(workload: Workload, ways: dict[str, Way], rounds: int) -> None:
    for way in ways.values():
        way.contestant.reset_peak()
    order = list(ways.values())
    for number in range(rounds):
        for way in order[number % len(order) :] + order[: number % len(order)]:
            cpu, wall = way.contestant.run(way.formulation)
            way.times.append(cpu)
            way.walls.append(wall)
            way.peak = max(way.peak, way.contestant.memory("VmHWM"))
            way.contestant.reset_peak()


def row(workload: Workload, peer: str, budget: float | None, sense: str, ratios: list[float] | None, full: bool, **more) -> dict:
    """A row of the table."""
    found = {"workload": workload.name, "peer": peer, "ratio": None, "budget": budget, "sense": sense, "low": None, "high": None}
    verdict = "not measured"
    if ratios:
        found |= {"ratio": statistics.median(ratios), "low": min(ratios), "high": max(ratios)}
        if budget is None:
            verdict = ""
        else:
            met = found["ratio"] >= budget if sense == "at least" else found["ratio"] <= budget
            verdict = ("pass" if met else "miss") + ("" if full else " (small)")
    return found | {"verdict": verdict} | more


def rows_of(workload: Workload, ways: dict[str, Way], size: int, tenth: float, full: bool) -> list[dict]:
    engine = ways.get("engine")
    rows = []
    lines = list(workload.lines)
    lines += [Line(group) for group in ways if group.endswith(" rewritten")]
    lines += [Line(group, sense="at most") for group in ways if group == "from a snapshot"]
    for line in lines:
        way = ways.get(line.who)
        peer = way.label if way else line.who
        more = {}
        ratios = None
        if engine:
            more = {
                "engine_nanoseconds": statistics.median(engine.times),
                "per_second": size / statistics.median(engine.times) * 1e9,
                "engine_wall_nanoseconds": statistics.median(engine.walls),
                "engine_peak_bytes": engine.peak,
            }
        if way:
            more |= {"peer_nanoseconds": statistics.median(way.times), "peer_wall_nanoseconds": statistics.median(way.walls), "peer_peak_bytes": way.peak, "formulation": way.formulation.partition("/")[2]}
        if engine and way:
            pairs = zip(way.times, engine.times, strict=True)
            ratios = [theirs / ours if line.sense == "at least" else ours / theirs for theirs, ours in pairs]
        elif engine and line.who == "one millisecond":
            ratios = [ours / 1e6 for ours in engine.times]
        elif engine and line.who == "a tenth of the tenants, each":
            ratios = [ours / small * tenth for ours, small in zip(engine.times, ways["tenth"].times, strict=True)]
        elif engine and line.who == "a tenth of the tenants, memory":
            # What runs need beyond the facts; a few megabytes are no growth.
            extra = [max(way.peak - way.contestant.loaded, 4 << 20) for way in (engine, ways["tenth"])]
            ratios = [extra[0] / extra[1]]
        rows.append(row(workload, peer, line.budget, line.sense, ratios, full, **more))
    return rows


def duration(nanoseconds: float | None) -> str:
    if nanoseconds is None:
        return "–"
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.0f} ns"


def table(rows: list[dict]) -> str:
    head = ["workload", "peer", "its time", "engine", "rows/s", "peak MB", "ratio", "min–max", "budget", ""]
    cells = []
    last = None
    for found in rows:
        engine = "engine_nanoseconds" in found
        first = found["workload"] != last
        last = found["workload"]
        number = lambda value: "–" if value is None else f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"  # noqa: E731
        cells.append(
            [
                found["workload"] if first else "",
                found["peer"],
                duration(found.get("peer_nanoseconds")),
                duration(found.get("engine_nanoseconds")) if first else "",
                f"{found['per_second'] / 1e6:.3g} M" if first and engine else "",
                f"{found['engine_peak_bytes'] / 1e6:.0f}" if first and engine else "",
                number(found["ratio"]),
                f"{number(found['low'])}–{number(found['high'])}" if found["ratio"] is not None else "–",
                "" if found["budget"] is None else ("≥ " if found["sense"] == "at least" else "≤ ") + f"{found['budget']:g}",
                found["verdict"],
            ]
        )
    widths = [max(len(line[column]) for line in [head, *cells]) for column in range(len(head))]
    render = lambda line: "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"  # noqa: E731
    return "\n".join([render(head), "|" + "|".join("-" * (width + 2) for width in widths) + "|", *map(render, cells)])


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=FULL, help="rows of facts; budgets are for 10 million")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--stage", action="append", choices=[stage.name for stage in STAGES], help="only this one; may be given more than once")
    parser.add_argument("--without-engine", action="store_true", help="time the peers only")
    options = parser.parse_args()
    folder = TARGET / "benchmarks" / str(options.rows)
    say(f"data: {options.rows:,} rows in {folder}")
    generate(options.rows, folder)
    full = options.rows >= FULL
    tenants = tenants_for(options.rows)
    # The sizes that rows per second are about.
    sizes = {"append": options.rows // DAYS, "tenants": tenants * 24, "scorecard": 50 * 36}
    rows: list[dict] = []
    try:
        for stage in STAGES:
            if options.stage and stage.name not in options.stage:
                continue
            if options.without_engine and stage.name == "append":
                continue
            say(f"{stage.name}: loading")
            contestants = start(stage, folder, not options.without_engine)
            try:
                for workload in stage.workloads:
                    say(f"{workload.name}: comparing answers")
                    ways = choose(workload, contestants)
                    say(f"{workload.name}: {options.rounds} rounds of {', '.join(ways)}")
                    race(workload, ways, options.rounds)
                    size = sizes.get(stage.name, options.rows)
                    rows += rows_of(workload, ways, size, max(10, tenants // 10) / tenants, full)
            finally:
                for contestant in contestants.values():
                    contestant.close()
    except Failed as failure:
        say(f"FAILED: {failure}")
        return 1
    for name, peer, budget, sense in DECLARED:
        rows.append(row(Workload(name, "", []), peer, budget, sense, None, full))
    print(f"{options.rows:,} rows, one thread each, CPU time, {options.rounds} alternating rounds; {processor()}, {os.cpu_count()} cores, {platform.system()}")
    print("A ratio with ≥ is the peer's time ÷ the engine's; one with ≤ is the engine's ÷ the other's. Median, and least–most, of the rounds.\n")
    print(table(rows))
    whole = not options.stage and not options.without_engine
    out = TARGET / ("peers.json" if whole else "peers-in-part.json")
    out.write_text(json.dumps({"rows_of_facts": options.rows, "rounds": options.rounds, "processor": processor(), "rows": rows}, indent=1, ensure_ascii=False) + "\n")
    missed = sum(found["verdict"].startswith("miss") for found in rows)
    print(f"\nwritten to {out}; {missed} of {sum(bool(found['budget']) for found in rows)} budgets missed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
