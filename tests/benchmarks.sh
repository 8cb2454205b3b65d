#!/usr/bin/env bash
# The engine beside DuckDB, Polars, DataFusion, PyArrow, pandas and NumPy on the same data in the
# same run: prints a table of ratios and writes target/peers.json. `--rows 200000` for a quick look;
# `--help` for the rest.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/need.sh

wanted cargo "install Rust from https://rustup.rs"
wanted python3 "install Python 3.11 or newer"
need cc build-essential

target="${CARGO_TARGET_DIR:-$PWD/target}"
venv="$target/benchmark-venv"
if [ ! -x "$venv/bin/python" ]; then
  say "Creating a virtual environment in $venv"
  python3 -m venv "$venv" 2>/dev/null || { need python3-venv-missing python3-venv && python3 -m venv "$venv"; }
fi
if ! cmp -s tests/benchmarks/requirements.txt "$venv/installed.txt"; then
  say "Installing the peers of tests/benchmarks/requirements.txt (about 200 MB)"
  if command -v uv >/dev/null 2>&1; then
    uv pip install --quiet --python "$venv/bin/python" -r tests/benchmarks/requirements.txt
  else
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r tests/benchmarks/requirements.txt
  fi
  cp tests/benchmarks/requirements.txt "$venv/installed.txt"
fi
cargo build --release --locked --quiet -p marketingos-examples --bin benchmark
exec "$venv/bin/python" tests/benchmarks/run.py "$@"
