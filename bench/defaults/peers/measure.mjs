// One measured process: `node measure.mjs PROGRAM cold | hot | refusals [ENVIRONMENTS]`. It loads nothing but the units before
// its clock starts: a module of Node that is imported here would be paid for by nobody.
import './units.mjs';

const [, , program, mode, environments = '[]'] = process.argv;
const batchMs = 50;

function plain(value) {
  if (typeof value?.reveal === 'function') return value.reveal();
  return value instanceof URL ? value.href : value;
}

// Microseconds for each parse, in the median of the batches. Reading `process.env` itself costs as much as a parse, so a plain
// copy is parsed.
function hotParse(load) {
  const env = { ...process.env };
  const batches = [];
  for (let batch = 0; batch < 9; batch += 1) {
    const begun = performance.now();
    let parses = 0;
    let elapsedMs = 0;
    while (elapsedMs < batchMs) {
      for (let parse = 0; parse < 10; parse += 1) load(env);
      parses += 10;
      elapsedMs = performance.now() - begun;
    }
    batches.push((elapsedMs * 1_000) / parses);
  }
  // What the first four parse is still being compiled.
  return batches.slice(4).sort((left, right) => left - right)[2];
}

function refuses(load, env) {
  try {
    load(env);
    return false;
  } catch {
    return true;
  }
}

const started = performance.now();
const { load } = await import(program);
const settings = load(process.env);
const coldMs = performance.now() - started;

const answer = {
  coldMs,
  settings: Object.fromEntries(Object.keys(settings).map((key) => [key, plain(settings[key])])),
};
if (mode === 'hot') answer.hotUs = hotParse(load);
if (mode === 'refusals') answer.refused = JSON.parse(environments).map((env) => refuses(load, env));
process.stdout.write(JSON.stringify(answer));
