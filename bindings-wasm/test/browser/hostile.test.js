// Names that try to act, in pages that Chromium really opens: they are text and nothing else.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { chromium } from "playwright-core";

import { System } from "marketingos";

const hostile = `</title><script>globalThis.ran = 1</script><img src=x onerror="globalThis.ran = 2">"' style=x:y`;
let browser;

before(async () => {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
});

after(() => browser?.close());

/** A snapshot in which every text of a user is hostile. */
function snapshot() {
  const system = System.parse({
    "system.json": JSON.stringify({
      marketingos: "1",
      name: hostile,
      people: { ana: { name: hostile, role: hostile } },
      operator: "ana",
      executive: "ana",
      brand: { voice: { decisions: { tone: { statement: hostile, status: "reopened" } } } },
      sources: { leads: { date: "created", dimensions: ["channel"], rows: "events", recorded_from: "2025-01-01", recorded_until: "as_of" } },
      kpis: { leads: { name: hostile, meaning: hostile, variant: hostile, unit: `count of ${hostile}`, direction: "higher", owner: "ana", count: "leads" } },
      plan: { targets: { leads: [{ from: "2025-01", to: "2026-12", value: "100", set_by: "ana", document: hostile }] } },
      escalation: [{ when: "off_target", to: "executive" }],
      report: { title: hostile },
    }),
  });
  const member = `"${hostile.replaceAll('"', '""')}"`;
  return system.snapshot({ leads: `created,channel\n2025-12-05,${member}\n2026-01-05,${member}\n2026-01-06,web\n` }, { asOf: "2026-01-31" });
}

for (const [what, html] of [
  ["scorecard", () => snapshot().scorecard({ as: "html" })],
  ["report", () => snapshot().report({ as: "html" })],
]) {
  test(`a hostile ${what} opens as text`, async () => {
    const page = await browser.newPage();
    const complaints = [];
    for (const event of ["dialog", "requestfailed", "pageerror", "console"]) page.on(event, () => complaints.push(event));
    await page.setContent(html(), { waitUntil: "load" });
    const seen = await page.evaluate(() => ({
      ran: globalThis.ran,
      elements: document.querySelectorAll("script, img, iframe, object, a").length,
      handlers: [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes]).filter(({ name }) => name.startsWith("on") || name === "style").length,
      text: document.body.innerText,
    }));
    assert.deepEqual([seen.ran, seen.elements, seen.handlers], [undefined, 0, 0]);
    assert.ok(seen.text.includes(hostile), "the name stands there literally");
    assert.deepEqual(complaints, []);
    await page.close();
  });
}
