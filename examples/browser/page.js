// The scorecard of the example company, computed in the page. Serve the repository by any web
// server and open examples/browser/; a project would import from "marketingos" instead.

import { MarketingOSError, System } from "../../bindings-wasm/dist/web.js";

const grain = document.querySelector("#grain");
const state = document.querySelector("#state");
const frame = document.querySelector("iframe");

async function bytes(file) {
  const response = await fetch(new URL(`../kestrel/${file}`, import.meta.url));
  if (!response.ok) throw new Error(`${file}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** The bytes of files, by the names in front of their last dot or whole. */
async function all(files) {
  return Object.fromEntries(await Promise.all(Object.entries(files).map(async ([name, file]) => [name, await bytes(file)])));
}

async function start() {
  const sources = ["leads", "deals", "spend", "web", "work"];
  const [texts, tables] = await Promise.all([
    all({ "system.yaml": "system.yaml", "plan.yaml": "plan.yaml" }),
    all(Object.fromEntries(sources.map((source) => [source, `data/${source}.csv`]))),
  ]);
  const system = System.parse(texts);
  const facts = system.facts(tables);
  const snapshot = system.snapshot(facts, { asOf: "2026-09-30" });

  const rows = facts.loads.reduce((sum, load) => sum + load.rows, 0);
  state.textContent = `${rows} rows of ${facts.loads.length} sources, as of ${snapshot.asOf}`;
  const show = () => (frame.srcdoc = snapshot.scorecard({ grain: grain.value, as: "html" }));
  grain.addEventListener("change", show);
  grain.disabled = false;
  show();
}

// The frame is as high as what it shows.
frame.addEventListener("load", () => {
  const { documentElement } = frame.contentDocument;
  const fit = () => (frame.style.height = `${documentElement.offsetHeight}px`);
  new ResizeObserver(fit).observe(documentElement);
});

start().catch((error) => {
  state.textContent = error instanceof MarketingOSError ? `${error.message}: ${error.help}` : String(error);
});
