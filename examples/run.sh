#!/usr/bin/env bash
# The main job on the example company: scorecard, agenda and diagnosis on the screen, the
# monthly report in target/kestrel/.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/need.sh

wanted cargo "install Rust from https://rustup.rs"
need cc build-essential
if [ ! -x target/release/month_end ]; then
  say "Building the example: cargo downloads about 50 crates into its own cache; this takes a minute the first time"
fi
cargo build --release --locked --quiet -p marketingos-examples --bin month_end
exec target/release/month_end "$@"
