#!/usr/bin/env bash
# The main job on the example company: scorecard, agenda and diagnosis on the screen, the
# monthly report in target/kestrel/. With FOLDER, AS-OF and OUT on a company of your own; relative
# paths are taken from where you stand.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
. "$root/tests/need.sh"

[ "$#" -gt 0 ] || cd "$root"
wanted cargo "install Rust from https://rustup.rs"
need cc build-essential
if [ ! -x "${CARGO_TARGET_DIR:-$root/target}/release/month_end" ]; then
  say "Building the example: cargo downloads about 50 crates into its own cache; this takes a minute the first time"
fi
exec cargo run --release --locked --quiet --manifest-path "$root/Cargo.toml" -p marketingos-examples --bin month_end -- "$@"
