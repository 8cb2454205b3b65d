// Answers every case, in a page or in a worker.

import * as marketingos from "../../dist/web.js";
import { answers } from "../parity.js";

const cases = new URL("../../../tests/cases/", import.meta.url);

async function read(file) {
  const response = await fetch(new URL(file, cases));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

export async function all(stems) {
  const answered = {};
  for (const stem of stems) {
    const written = JSON.parse(new TextDecoder().decode(await read(`${stem}.json`)));
    answered[stem] = await answers(marketingos, written, read);
  }
  return answered;
}
