// Serves the repository on this machine alone, under a strict content security policy.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";

import { root } from "../files.js";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
};
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
// Rendered pages carry their style with them.
const POLICY_FOR_EXAMPLES = `${POLICY}; style-src 'self' 'unsafe-inline'`;

/** Resolves to the server and its address. */
export async function serve() {
  const server = createServer(async (request, response) => {
    // `URL` has resolved every `..` away.
    const { pathname } = new URL(request.url, "http://localhost");
    // Browsers ask for it unbidden.
    if (pathname === "/favicon.ico") return response.writeHead(204).end();
    try {
      const body = await readFile(new URL(`.${pathname}`, root));
      response.writeHead(200, {
        "content-type": TYPES[extname(pathname)] ?? "application/octet-stream",
        "content-security-policy": pathname.startsWith("/examples/") ? POLICY_FOR_EXAMPLES : POLICY,
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  return { server, address: `http://localhost:${server.address().port}` };
}
