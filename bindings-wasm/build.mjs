// Builds the package into dist/: compiles the crate, writes its JavaScript glue, shrinks the
// module and copies the hand-written modules. Quick when nothing changed.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { named } from "./alike.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "..");
const dist = join(here, "dist");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const cargoHome = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
const triple = "wasm32-unknown-unknown";

function run(command, ...args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

// What is missing is said before minutes go into compiling.
function stop(missing, remedy) {
  console.error(`${missing}; run: ${remedy}`);
  process.exit(1);
}

const optimiser = join(here, "node_modules/binaryen/bin/wasm-opt");
if (!existsSync(optimiser)) stop("wasm-opt of the package binaryen is missing", "cd bindings-wasm && npm ci");
const rust = spawnSync("rustc", ["--print", "target-libdir", "--target", triple], { cwd: root, encoding: "utf8" });
if (rust.error) stop("rustc is missing", "the installer of https://rustup.rs");
if (rust.status !== 0 || !existsSync(rust.stdout.trim())) stop(`the Rust target ${triple} is missing`, `rustup target add ${triple}`);

function newer(file, than) {
  return existsSync(file) && than.every((other) => statSync(file).mtimeMs > statSync(other).mtimeMs);
}

// Panic messages name source files: the same bytes must come out wherever it is built.
const remap = [`--remap-path-prefix=${cargoHome}=cargo`, `--remap-path-prefix=${root}=marketingos`];
const flags = `target.${triple}.rustflags=${JSON.stringify(remap)}`;
// When all is put together, next to no inlining and no code doubled to save a calculation: many
// calls of one function compress better than its copies. What a crate inlines by itself stays:
// loops over rows are two to three times as slow without.
const calls = ["-Cllvm-args=-inline-instr-cost=3000", "-Cllvm-args=-enable-pre=false"];
run("cargo", "rustc", "--locked", "--profile", "wasm", "--target", triple, "--package", "marketingos-wasm", "--lib", "--config", flags, "--", ...calls);
run("cargo", "build", "--locked", "--package", "marketingos-wasm-pack");

const compiled = join(target, triple, "wasm", "marketingos_wasm.wasm");
const pack = join(target, "debug", process.platform === "win32" ? "marketingos-wasm-pack.exe" : "marketingos-wasm-pack");
const module = join(dist, "marketingos_bg.wasm");
if (!newer(module, [compiled, pack])) {
  const glue = join(target, "bindings-wasm", "glue");
  run(pack, compiled, glue);
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  cpSync(join(glue, "marketingos.js"), join(dist, "marketingos.js"));
  // Not --all-features: the module may use only what every current browser has, which its
  // target_features section says.
  // Twice, since the first time makes work for the second. Only the smallest functions are
  // inlined, as above.
  const inlining = ["--always-inline-max-function-size=6", "--one-caller-inline-max-function-size=10"];
  const small = join(glue, "small.wasm");
  run(process.execPath, optimiser, "-Oz", "-Oz", ...inlining, join(glue, "marketingos_bg.wasm"), "-o", small);
  writeFileSync(small, named(readFileSync(small)));
  run(process.execPath, optimiser, "--reorder-functions-by-name", small, "-o", module);
}
cpSync(join(here, "js"), dist, { recursive: true });
cpSync(join(root, "core/schema/system.schema.json"), join(dist, "schema.json"));
