"""Many threads at once, and the interpreter's lock released during work."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import KESTREL, LEADS, SMALL_FIRM

import marketingos as mos


def test_threads_get_the_same_answers(kestrel: mos.Snapshot) -> None:
    def said(_: int) -> tuple[str, str, str]:
        return kestrel.scorecard().to_json(), kestrel.series("leads", by=["channel"]).to_json(), kestrel.report().to_json()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(said, range(16)))) == 1


def test_threads_read_the_same_snapshot(system: mos.System) -> None:
    with ThreadPoolExecutor(8) as pool:
        shots = pool.map(lambda _: mos.System.parse(SMALL_FIRM).snapshot({"leads": LEADS}, "2026-01-31"), range(32))
        assert len({shot.fingerprint for shot in shots}) == 1


@pytest.fixture
def no_forced_switches() -> Iterator[None]:
    """A thread keeps the lock until it lets go of it."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1000)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("no_forced_switches")
@pytest.mark.parametrize("work", ["parse", "facts", "snapshot", "ask", "explain_difference"])
def test_the_lock_is_released(kestrel: mos.Snapshot, work: str) -> None:
    system = mos.System.read(KESTREL / "system.yaml", KESTREL / "plan.yaml")
    tables = {path.stem: path.read_bytes() for path in (KESTREL / "data").glob("*.csv")}
    facts, long_text = system.facts(tables), SMALL_FIRM + "# a comment\n" * 400_000
    earlier = system.snapshot(facts, "2026-08-31")
    works: dict[str, Callable[[], object]] = {
        "parse": lambda: mos.System.parse(long_text),
        "facts": lambda: system.facts(tables),
        "snapshot": lambda: system.snapshot(facts, "2026-09-30"),
        "ask": lambda: kestrel.ask_json('{"ask":"report","as":"html"}'),
        "explain_difference": lambda: earlier.explain_difference(kestrel),
    }
    started, seen, finished = threading.Event(), threading.Event(), threading.Event()

    def run() -> None:
        started.set()
        # Work of some microseconds may be over before another thread wakes up, so it is done again;
        # not for long, so that a lock which is kept fails soon.
        until = time.monotonic() + 10
        while not seen.is_set() and time.monotonic() < until:
            works[work]()
        finished.set()

    thread = threading.Thread(target=run)
    thread.start()
    started.wait()
    # Only a released lock lets this thread come here before the work is done.
    early = not finished.is_set()
    seen.set()
    thread.join()
    assert early
