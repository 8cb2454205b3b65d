import { all } from "./all.js";

globalThis.inPage = all;

globalThis.inWorker = (stems) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }) => (data === "ready" ? worker.postMessage(stems) : resolve(data.answered)));
    worker.addEventListener("error", (event) => reject(new Error(event.message)));
  });
