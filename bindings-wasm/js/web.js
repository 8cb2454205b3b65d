// The entry for pages, workers and bundlers, which find the module by this `new URL`.

import init from "./marketingos.js";

await init({ module_or_path: new URL("./marketingos_bg.wasm", import.meta.url) });

export * from "./api.js";
