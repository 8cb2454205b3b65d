// The cases in tests/cases, which every host answers byte for byte alike. Used in Node, in a
// page and in a worker; `read` gives the bytes of a file named in a case.

export async function answers({ System, MarketingOSError }, test, read) {
  const lines = [];
  try {
    const [parts, tables] = [await textsOf(test), await tablesOf(test)];
    const system = System.parse(parts);
    lines.push(JSON.stringify(system.findings));
    const facts = system.facts(tables);
    lines.push(JSON.stringify(facts));
    let snapshot = system.snapshot(facts, { asOf: test.as_of });
    if (test.journal) {
      snapshot = snapshot.withJournal(await textsOf({ system: test.journal }));
      lines.push(JSON.stringify(snapshot.journalFindings));
    }
    for (const ask of test.asks) {
      lines.push(await answer(ask));
    }
    for (const difference of test.differences ?? []) {
      lines.push(await apart(difference));
    }

    async function apart({ system, facts, as_of, request }) {
      const [parts, tables] = [await textsOf({ system }), await tablesOf({ facts })];
      try {
        return JSON.stringify(snapshot.explainDifference(System.parse(parts).snapshot(tables, { asOf: as_of }), request));
      } catch (error) {
        return told(error);
      }
    }

    async function answer(ask) {
      try {
        return snapshot.askJson(JSON.stringify(await withTexts(ask, read)));
      } catch (error) {
        return told(error);
      }
    }
  } catch (error) {
    lines.push(told(error));
  }
  return lines.map((line) => `${line}\n`).join("");

  async function textsOf({ system }) {
    return Object.fromEntries(await Promise.all(system.map(async (part) => [part.name, await content(part, read)])));
  }

  async function tablesOf({ facts }) {
    return Object.fromEntries(await Promise.all(Object.entries(facts).map(async ([name, part]) => [name, await content(part, read)])));
  }

  function told(error) {
    if (error instanceof MarketingOSError) return JSON.stringify(error);
    throw error;
  }
}

async function content({ text, file, base64, rows }, read) {
  if (rows !== undefined) return rows;
  if (text !== undefined) return text;
  return file === undefined ? Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)) : read(file);
}

async function withTexts(ask, read) {
  const filled = { ...ask };
  for (const key of ["evidence", "old"].filter((key) => Array.isArray(ask[key]))) {
    const texts = ask[key].map(async ({ name, file, ...rest }) =>
      file === undefined ? { name, ...rest } : { name, text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(await read(file)) },
    );
    filled[key] = await Promise.all(texts);
  }
  return filled;
}
