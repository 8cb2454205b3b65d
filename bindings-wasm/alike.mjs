// Names the functions of a module by an order in which each stands beside the one most like it,
// for wasm-opt to sort them by: what is alike compresses better side by side.

const NAMES = "name";
/** The bytes that are compared at a time. */
const RUN = 6;
/** Runs in more functions than these tell nothing. */
const COMMON = 200;

/** The module, with names for nothing but its functions. */
export function named(module) {
  const all = sections(module);
  const imported = functionsImported(all.find(({ id }) => id === 2)?.body);
  const order = alike(bodies(all.find(({ id }) => id === 10).body));
  const digits = String(order.length).length;
  const rank = new Map(order.map((position, rank) => [position, rank]));
  const entries = order.map((_, position) => [...number(imported + position), ...text(String(rank.get(position)).padStart(digits, "0"))]);
  const map = [...number(entries.length), ...entries.flat()];
  const names = [...text(NAMES), 1, ...number(map.length), ...map];
  return Buffer.concat([module.subarray(0, 8), ...all.filter(({ name }) => name !== NAMES).map(({ whole }) => whole), Buffer.from([0, ...number(names.length), ...names])]);
}

/** Positions of bodies: from each on to the one that has most runs of bytes in common with it. */
function alike(bodies) {
  const runs = bodies.map(runsOf);
  const holders = new Map();
  runs.forEach((own, position) => own.forEach((run) => holders.get(run)?.push(position) ?? holders.set(run, [position])));
  for (const [run, positions] of holders) if (positions.length > COMMON) holders.delete(run);
  const left = new Set(bodies.keys());
  const order = [];
  for (let last = 0; last !== undefined; ) {
    left.delete(last);
    order.push(last);
    const shared = new Map();
    for (const run of runs[last]) for (const other of holders.get(run) ?? []) if (left.has(other)) shared.set(other, (shared.get(other) ?? 0) + 1);
    let next;
    let most = 0;
    for (const [other, count] of shared) {
      const share = count / (runs[last].size + runs[other].size - count);
      if (share > most || (share === most && other < next)) [next, most] = [other, share];
    }
    // Where nothing is like it, the next that is left.
    last = next ?? left.values().next().value;
  }
  return order;
}

function runsOf(body) {
  const runs = new Set();
  for (let at = 0; at + RUN <= body.length; at += 1) runs.add(body.readUIntBE(at, RUN));
  return runs;
}

function sections(module) {
  const found = [];
  for (let at = 8; at < module.length; ) {
    const [length, start] = read(module, at + 1);
    const body = module.subarray(start, start + length);
    const id = module[at];
    found.push({ id, body, whole: module.subarray(at, start + length), name: id === 0 ? string(body, 0)[0] : undefined });
    at = start + length;
  }
  return found;
}

function bodies(code) {
  let [count, at] = read(code, 0);
  return Array.from({ length: count }, () => {
    const [length, start] = read(code, at);
    at = start + length;
    return code.subarray(start, at);
  });
}

function functionsImported(imports) {
  if (!imports) return 0;
  let [count, at] = read(imports, 0);
  for (let left = count; left > 0; left -= 1) {
    at = string(imports, string(imports, at)[1])[1];
    if (imports[at] !== 0) throw new Error("only functions are expected to be imported");
    at = read(imports, at + 1)[1];
  }
  return count;
}

function string(bytes, at) {
  const [length, start] = read(bytes, at);
  return [bytes.subarray(start, start + length).toString(), start + length];
}

function text(value) {
  return [...number(value.length), ...Buffer.from(value)];
}

// Numbers are LEB128.
function read(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [value, at];
  }
}

function number(value) {
  const bytes = [];
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
}
