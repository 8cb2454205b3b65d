import { readFileSync } from "node:fs";
import test from "node:test";

import * as marketingos from "marketingos";

import { assertExpected, cases, stems } from "./files.js";
import { answers } from "./parity.js";

for (const stem of stems()) {
  test(`${stem}: the same bytes as in every host`, async () => {
    const written = JSON.parse(readFileSync(new URL(`${stem}.json`, cases), "utf8"));
    const read = async (file) => readFileSync(new URL(file, cases));
    assertExpected(stem, await answers(marketingos, written, read));
  });
}
