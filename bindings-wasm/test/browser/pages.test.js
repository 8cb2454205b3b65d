// Every page that the library writes, opened as people open it: at desktop and phone width, light
// and dark, on paper, without script or network. HTML is checked by the W3C's own checker, and
// accessibility by axe.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { hostile, pages } from "./pages.js";
import { root } from "../files.js";

const { resolve } = createRequire(import.meta.url);
const screenshots = new URL("target/screenshots/", root);
mkdirSync(screenshots, { recursive: true });
const written = pages();
let browser;

before(async () => {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
});

after(() => browser?.close());

/** A page with this text, and whatever it complains about. */
async function open(html, { width = 1200, scheme = "light", script = false } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, javaScriptEnabled: script, offline: true });
  const page = await context.newPage();
  const complaints = [];
  for (const event of ["dialog", "request", "pageerror", "console"]) page.on(event, (what) => complaints.push(`${event}: ${what.url?.() ?? what.text?.() ?? what}`));
  await page.setContent(html, { waitUntil: "load" });
  return { page, complaints, close: () => context.close() };
}

for (const [name, html] of written) {
  for (const width of [1200, 360]) {
    for (const scheme of ["light", "dark"]) {
      test(`${name} at ${width} px, ${scheme}: accessible, and nothing runs out of the page`, async () => {
        const { page, complaints, close } = await open(html, { width, scheme, script: true });
        await page.screenshot({ path: fileURLToPath(new URL(`${name}-${width}-${scheme}.png`, screenshots)), fullPage: true });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `${wide} px too wide`);
        assert.deepEqual(complaints, []);
        await page.addScriptTag({ path: resolve("axe-core/axe.min.js") });
        const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
        assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html.slice(0, 200)).slice(0, 3)]), []);
        await close();
      });
    }
  }

  test(`${name} needs neither script nor network, and prints`, async () => {
    const { page, complaints, close } = await open(html);
    assert.equal(await page.locator("script, iframe, object, link, [style], img").count(), 0);
    const paper = await page.pdf({ format: "A4" });
    assert.ok(paper.subarray(0, 5).equals(Buffer.from("%PDF-")));
    writeFileSync(new URL(`${name}.pdf`, screenshots), paper);
    assert.deepEqual(complaints, []);
    await close();
  });

  if (name.startsWith("hostile")) {
    test(`${name} opens as text`, async () => {
      const { page, close } = await open(html, { script: true });
      const seen = await page.evaluate(() => ({
        ran: globalThis.ran,
        elements: document.querySelectorAll("script, img, iframe, object").length,
        handlers: [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes]).filter(({ name }) => name.startsWith("on") || name === "style").length,
        // Links lead nowhere but to places of the page.
        links: [...document.querySelectorAll("a")].filter((link) => !link.getAttribute("href")?.startsWith("#")).length,
        text: document.body.textContent,
      }));
      assert.deepEqual([seen.ran, seen.elements, seen.handlers, seen.links], [undefined, 0, 0, 0]);
      assert.ok(seen.text.includes(hostile), "the name stands there literally");
      await close();
    });
  }
}

const java = (() => {
  try {
    execFileSync("java", ["-version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

test("the W3C's checker has nothing to say", { skip: java ? false : "LEFT OUT: Java is not installed" }, () => {
  const folder = new URL("pages/", screenshots);
  mkdirSync(folder, { recursive: true });
  const files = written.map(([name, html]) => {
    const file = fileURLToPath(new URL(`${name}.html`, folder));
    writeFileSync(file, html);
    return file;
  });
  // One run for all of them: it is Java's start that takes time. What it says comes on the error stream.
  const jar = resolve("vnu-jar/build/dist/vnu.jar");
  execFileSync("java", ["-jar", jar, "--Werror", ...files], { stdio: ["ignore", "inherit", "inherit"] });
});
