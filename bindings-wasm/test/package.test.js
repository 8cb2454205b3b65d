import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";

import { root } from "./files.js";

const here = new URL("../", import.meta.url);
// What it may be, and what it is: it must not grow unnoticed until it is what it may be.
const BUDGET = 300_000;
const REACHED = 737_000;

const sizes = ["marketingos_bg.wasm", "marketingos.js", "api.js", "web.js"].map((file) => {
  const bytes = readFileSync(new URL(`dist/${file}`, here));
  return { file, bytes: bytes.length, brotli: brotliCompressSync(bytes).length };
});
const total = sizes.reduce((sum, { brotli }) => sum + brotli, 0);

test("what a browser loads is small", { todo: `${total} bytes in brotli, at most ${BUDGET} wanted; see ARCHITECTURE.md, "Known limits"` }, () => {
  assert.ok(total <= BUDGET);
});

test("what a browser loads does not grow", (t) => {
  for (const { file, bytes, brotli } of sizes) t.diagnostic(`${file}: ${bytes} bytes, ${brotli} in brotli`);
  t.diagnostic(`in all ${total} bytes in brotli, at most ${REACHED}`);
  assert.ok(total <= REACHED);
});

test("the package has the version of the workspace", () => {
  const [, version] = /\[workspace\.package\]\nversion = "(.+)"/.exec(readFileSync(new URL("Cargo.toml", root), "utf8"));
  assert.equal(JSON.parse(readFileSync(new URL("package.json", here), "utf8")).version, version);
});

test("the module names no folder of the machine that built it", () => {
  const module = readFileSync(new URL("dist/marketingos_bg.wasm", here), "latin1");
  assert.ok(module.includes("cargo/registry/src/"));
  for (const folder of [`${process.env.HOME}/`, root.pathname]) assert.ok(!module.includes(folder), folder);
});

test("the package holds the schema, and the types name its keys", () => {
  const schema = readFileSync(new URL(import.meta.resolve("marketingos/schema.json")), "utf8");
  assert.equal(schema, readFileSync(new URL("core/schema/system.schema.json", root), "utf8"));
  const [, keys] = /WrittenKey =\n(.+?);/s.exec(readFileSync(new URL("dist/index.d.ts", here), "utf8"));
  assert.deepEqual(keys.match(/\w+/g), Object.keys(JSON.parse(schema).properties));
});

test("the quick start of the README runs", async () => {
  const [, code] = /```js\n(.+?)```/s.exec(readFileSync(new URL("README.md", here), "utf8"));
  // Beside the package, so that it finds it by its name.
  const folder = mkdtempSync(new URL("readme-", here).pathname);
  try {
    writeFileSync(`${folder}/quick-start.mjs`, `${code}\nexport { snapshot };\n`);
    const { snapshot } = await import(pathToFileURL(`${folder}/quick-start.mjs`).href);
    assert.equal(snapshot.scorecard().lines.length, 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
