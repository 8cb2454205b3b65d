// The module is awaited before the listener below is set, and what arrives until then is lost:
// so the worker speaks first.
import { all } from "./all.js";

addEventListener("message", async ({ data }) => postMessage({ answered: await all(data) }));
postMessage("ready");
