// The package as a page and a worker see it, in Chromium.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { serve } from "./server.js";
import { assertExpected, root, stems } from "../files.js";

const screenshots = new URL("target/screenshots/", root);
let server, address, browser;

before(async () => {
  ({ server, address } = await serve());
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
});

after(async () => {
  await browser?.close();
  server?.close();
  server?.closeAllConnections();
});

/** A fresh page, and whatever it complains about. */
async function open(path, viewport = { width: 1200, height: 900 }) {
  const page = await browser.newPage({ viewport });
  page.setDefaultTimeout(10_000);
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => complaints.push(request.url()));
  await page.goto(address + path, { waitUntil: "networkidle" });
  return { page, complaints };
}

for (const where of ["inPage", "inWorker"]) {
  test(`${where}: the same bytes as in every host, under a strict policy`, async () => {
    const { page, complaints } = await open("/bindings-wasm/test/browser/page.html");
    const answered = await page.evaluate(([where, stems]) => globalThis[where](stems), [where, stems()]);
    for (const stem of stems()) assertExpected(stem, answered[stem]);
    assert.deepEqual(complaints, []);
    await page.close();
  });
}

test("the policy is in force", async () => {
  const { page } = await open("/bindings-wasm/test/browser/page.html");
  const refused = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.slipped = true";
    document.head.append(script);
    return globalThis.slipped === undefined;
  });
  assert.ok(refused);
  await page.close();
});

for (const width of [1200, 390]) {
  test(`the example page shows the scorecard at ${width} px`, async () => {
    const { page, complaints } = await open("/examples/browser/index.html", { width, height: 900 });
    const shown = page.frameLocator("iframe");
    await shown.getByRole("heading", { name: "Scorecard for 2026-09" }).waitFor();
    assert.equal(await shown.locator("tbody tr").count(), 12);
    await settled(page);
    mkdirSync(screenshots, { recursive: true });
    await page.screenshot({ path: fileURLToPath(new URL(`example-${width}.png`, screenshots)), fullPage: true });

    await page.getByLabel("Periods").selectOption("quarter");
    await shown.getByRole("heading", { name: "Scorecard for 2026-Q3" }).waitFor();
    await settled(page);
    assert.deepEqual(complaints, []);
    await page.close();
  });
}

/** Waits until the page is as high as its frame's content, and as wide as the window. */
async function settled(page) {
  await page.waitForFunction(() => {
    const inner = document.querySelector("iframe").contentDocument.documentElement;
    const whole = document.documentElement;
    return inner.scrollHeight <= inner.clientHeight && inner.scrollWidth <= inner.clientWidth && whole.scrollWidth <= whole.clientWidth;
  });
}
