// `npm run demo`: scaffolds a service in a temporary folder, uses it over HTTP, and checks that it counted what was sent.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';

import { countsOfSteps, listStep, readCountsShown, sendShown, steps } from './demo-requests.ts';
import { runShown, startShown } from './demo-session.ts';

const { values } = parseArgs({
  options: {
    language: { type: 'string', default: 'node' },
    name: { type: 'string', default: 'orders-api' },
    // The tests keep the service and go on with it, so that it is installed only once.
    directory: { type: 'string' },
  },
});
const repository = path.resolve(import.meta.dirname, '..');
const directory = values.directory ?? mkdtempSync(path.join(tmpdir(), 'seaworthy-demo-'));
const service = path.join(directory, values.name);
const healthToken = 'demo-health-token-0000';
const pythonModule = `.venv/bin/python -m ${values.name.replaceAll('-', '_')}`;
// What `make setup`, `make migrate` and `make import` do: the demo asks for no make, only for the language itself.
const withoutMake = {
  node: { setUp: 'npm install', migrate: 'npm run --silent migrate', importFile: 'npm run --silent import --' },
  python: {
    setUp:
      "python3 -m venv .venv && .venv/bin/pip install -q -U 'pip>=25.1' && .venv/bin/pip install -q -e . --group dev",
    migrate: `${pythonModule}.migrate`,
    importFile: `${pythonModule}.import_orders`,
  },
}[values.language === 'python' ? 'python' : 'node'];
const csv = ['orderNumber,sku,quantity', 'B-2001,SKU-1,1', 'B-2002,SKU-2,a few', 'B-2003,SKU-3,3', ''].join('\n');

async function useService(): Promise<boolean> {
  const database = `sqlite:${path.join(directory, 'demo.db')}`;
  const { commands } = JSON.parse(readFileSync(path.join(service, 'service.json'), 'utf8')) as {
    commands: { start: string; migrate?: string };
  };
  const env = { DEPLOY_ENVIRONMENT: 'test', HTTP_PORT: '0', DATABASE_URL: database, HEALTH_TOKEN: healthToken };
  if (commands.migrate !== undefined)
    await runShown(`DATABASE_URL=${database} DEPLOY_ENVIRONMENT=test ${withoutMake.migrate}`, service);
  const running = await startShown(commands.start, service, env);
  try {
    for (const step of steps) await sendShown(running.address, step);
    const file = path.join(directory, 'orders.csv');
    writeFileSync(file, csv);
    const importing = `DATABASE_URL=${database} DEPLOY_ENVIRONMENT=test ${withoutMake.importFile} ${file}`;
    const imported = await runShown(importing, service, { mayFail: true });
    if (!imported.includes('"imported":2')) throw new Error('expected two of three lines to be imported');
    await sendShown(running.address, listStep);

    const sent = countsOfSteps([...steps, listStep]);
    const counted = await readCountsShown(running.address, healthToken);
    process.stdout.write(`\nsent    ${JSON.stringify(sent)}\ncounted ${JSON.stringify(counted)}\n`);
    return isDeepStrictEqual(sent, counted);
  } finally {
    const code = await running.stop();
    process.stdout.write(`\nstopped with exit code ${code}\n`);
    if (code !== 0) process.exitCode = 1;
  }
}

try {
  const flags = `--name=${values.name} --language=${values.language} --owner=team-orders --directory=${directory}`;
  await runShown(`npx plop service -- ${flags}`, repository);
  await runShown(withoutMake.setUp, service, { quiet: true });
  const equal = await useService();
  if (!equal) {
    process.stderr.write('the service did not count what was sent\n');
    process.exitCode = 1;
  }
  if (values.directory === undefined)
    process.stdout.write(`\nThe service is in ${service}; its runbook is ${service}/RUNBOOK.md\n`);
} catch (error) {
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
  if (values.directory === undefined) rmSync(directory, { recursive: true, force: true });
}
