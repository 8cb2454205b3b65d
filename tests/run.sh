#!/usr/bin/env bash
# Every test: Rust, Python, JavaScript in Node, and a page in Chromium. Installs what it needs
# and says so; quick the second time.
set -uo pipefail
cd "$(dirname "$0")/.."
. tests/need.sh

wanted cargo "install Rust from https://rustup.rs" || exit 1
wanted python3 "install Python 3.11 or newer" || exit 1
wanted node "install Node.js 20 or newer" || exit 1
wanted npm "install npm, which comes with most builds of Node.js" || exit 1
need cc build-essential || exit 1

passed=0
failed=0
left_out=()

# step NAME COMMAND…: runs one part and counts it.
step() {
  local name=$1
  shift
  say "$name"
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: $name" >&2
  fi
}

rust() { cargo test --locked --quiet; }

python() {
  local venv=target/venv
  if [ ! -x "$venv/bin/python" ]; then
    echo "Creating a virtual environment in $venv with the packages of bindings-python/requirements-dev.txt"
    python3 -m venv "$venv" 2>/dev/null || { need python3-venv-missing python3-venv; python3 -m venv "$venv" || return 1; }
  fi
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r bindings-python/requirements-dev.txt || return 1
  VIRTUAL_ENV="$PWD/$venv" "$venv/bin/maturin" develop --quiet --release --locked -m bindings-python/Cargo.toml || return 1
  "$venv/bin/python" -m pytest -q bindings-python || return 1
  "$venv/bin/python" -m pytest -q tests/differential || return 1
  (cd bindings-python && "../$venv/bin/python" -m mypy --strict python tests write_types.py && "../$venv/bin/python" -m mypy.stubtest marketingos._marketingos)
}

javascript() {
  if ! rustup target list --installed 2>/dev/null | grep -q wasm32-unknown-unknown; then
    echo "Adding the Rust target wasm32-unknown-unknown"
    rustup target add wasm32-unknown-unknown || return 1
  fi
  if [ ! -d bindings-wasm/node_modules ]; then echo "Installing the npm packages of bindings-wasm/package-lock.json"; fi
  (cd bindings-wasm && npm ci --silent --no-audit --no-fund && node build.mjs && npm test --silent)
}

browser() { (cd bindings-wasm && npm run --silent test:browser); }

# Every formula of written workbooks, computed by LibreOffice.
workbooks() {
  cargo build --locked --quiet -p marketingos-examples --features xlsx --bin workbook || return 1
  local venv=target/workbook-venv
  if [ ! -x "$venv/bin/python" ]; then
    echo "Creating a virtual environment in $venv with the packages of tests/workbook/requirements.txt"
    python3 -m venv "$venv" 2>/dev/null || { need python3-venv-missing python3-venv; python3 -m venv "$venv" || return 1; }
  fi
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r tests/workbook/requirements.txt || return 1
  "$venv/bin/python" -W ignore tests/workbook/check.py "${CARGO_TARGET_DIR:-target}/debug/workbook" . target/workbook
}

# The tests in Python render slides where LibreOffice is, and pass over that where it is not.
if ! command -v soffice >/dev/null 2>&1; then
  left_out+=("the slides: LibreOffice is not installed (on Debian or Ubuntu: apt-get install libreoffice-impress)")
fi

step "Rust: library, documentation, README" rust
step "Python: wheel, tests, types, README" python
step "JavaScript: module, tests in Node, types, size, README" javascript
command -v java >/dev/null 2>&1 || need java default-jre-headless ||
  left_out+=("the W3C's checker of pages: Java is not installed and could not be (on Debian or Ubuntu: apt-get install default-jre-headless)")
if command -v chromium >/dev/null 2>&1 || need chromium chromium; then
  step "Browser: the same cases in Chromium, in a page and in a worker" browser
else
  left_out+=("Chromium: it is not installed and could not be")
fi

if command -v soffice >/dev/null 2>&1; then
  step "Workbooks: every formula in LibreOffice, before and after an edit" workbooks
else
  left_out+=("the workbooks' formulas: LibreOffice is not installed (on Debian or Ubuntu: apt-get install libreoffice-calc)")
fi

if [ ! -d "${MARKETINGOS_DATA:-../shared/data}" ]; then
  left_out+=("the public data sets: ${MARKETINGOS_DATA:-../shared/data} is not there (set MARKETINGOS_DATA to their folder)")
fi
for part in "${left_out[@]+"${left_out[@]}"}"; do printf '\n!!! LEFT OUT: %s\n' "$part"; done
printf '\nparts: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
