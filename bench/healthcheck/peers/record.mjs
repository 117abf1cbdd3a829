// One measured process: `node --expose-gc record.mjs PROGRAM RECORDINGS PATHS`. Records requests without a network, over paths,
// methods and statuses that never end, as an attacker sends them.
const [, , program, recordings, paths] = process.argv;
const { createRecorder } = await import(program);

const warmUp = 1_000_000;
const batch = 10_000;

const urls = Array.from({ length: Number(paths) }, (_, index) => `/orders/${index}`);
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'BREW'];
const statuses = Array.from({ length: 500 }, (_, index) => 100 + index);

function rssMb() {
  gc();
  gc();
  return process.memoryUsage().rss / 1e6;
}

function cpuUs() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Nanoseconds of processor time for each recording, in the median of the batches; garbage collection is paid for as well. */
async function run(record, count, paths) {
  const batches = [];
  for (let done = 0; done < count; done += batch) {
    const begun = cpuUs();
    for (let at = done; at < done + batch; at += 1) {
      record(urls[at % paths], methods[at % methods.length], statuses[(at >> 3) % statuses.length]);
    }
    batches.push(((cpuUs() - begun) * 1_000) / batch);
    // As a server does between two events.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return batches.sort((left, right) => left - right)[Math.floor(batches.length / 2)];
}

const { record, without, kept } = createRecorder();
// Compiled, and with next to nothing recorded.
await run(record, warmUp, 10);
const before = rssMb();
const ns = await run(record, Number(recordings), urls.length);
const grown = rssMb() - before;
const base = await run(without, warmUp, urls.length);
process.stdout.write(JSON.stringify({ nsPerRecord: ns - base, rssGrowthMb: grown, kept: kept() }));
process.exit(0);
