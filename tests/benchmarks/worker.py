"""One peer in a process of its own: loads its data, then runs what it is told to.

    python worker.py PEER STAGE FOLDER

Answers every line of standard input with one line of JSON: `run NAME` runs a formulation once and
says how long it took; `answer NAME` says what its last run came to.
"""

import importlib
import json
import os
import sys
import time
from pathlib import Path

# One thread for everybody; read when the libraries are imported.
for variable in ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TOKIO_WORKER_THREADS", "RAYON_NUM_THREADS"):
    os.environ[variable] = "1"


def say(message: dict) -> None:
    print(json.dumps(message), flush=True)


def main() -> None:
    peer, stage, folder = sys.argv[1:4]
    module = importlib.import_module(f"peers.{peer}")
    formulations = module.load(stage, Path(folder))
    say({"ready": module.VERSION, "formulations": list(formulations)})
    results = {}
    for line in sys.stdin:
        command, _, name = line.strip().partition(" ")
        formulation = formulations[name]
        if command == "run":
            results.pop(name, None)
            start = time.perf_counter_ns()
            result = formulation.run()
            wall = time.perf_counter_ns() - start
            results[name] = result
            say({"nanoseconds": wall})
        elif command == "answer":
            say(formulation.answer(results[name]))


if __name__ == "__main__":
    main()
