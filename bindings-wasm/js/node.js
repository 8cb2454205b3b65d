// The entry for Node: the module is read from disk, at once.

import { readFileSync } from "node:fs";

import { initSync } from "./marketingos.js";

initSync({ module: readFileSync(new URL("./marketingos_bg.wasm", import.meta.url)) });

export * from "./api.js";
