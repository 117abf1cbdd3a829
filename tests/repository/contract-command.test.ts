import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { createHealth } from '@seaworthy/healthcheck';
import { describe, expect, it, onTestFinished } from 'vitest';

import { readContractArguments } from '../../scripts/contract-arguments.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const read = (...args: string[]) => readContractArguments(args, repository);

describe('the arguments of npm run contract', () => {
  it('name both templates, a folder or an address', () => {
    expect(read()).toEqual({ project: 'contract' });
    const directory = path.join(repository, 'templates/node-service');
    const given = { project: 'given-service', env: { CONTRACT_DIRECTORY: directory } };
    expect(read('--dir', 'templates/node-service')).toEqual(given);
    expect(read(`--dir=${directory}`)).toEqual(given);
    expect(read('--url', 'http://127.0.0.1:8080/')).toMatchObject({ env: { CONTRACT_URL: 'http://127.0.0.1:8080' } });
  });

  it.each([
    [['--dir', 'no/such/folder'], 'which holds a service.json, got "no/such/folder"'],
    [['--dir'], "'--dir <value>' argument missing"],
    [['--dir', 'a', '--url', 'b'], 'got both'],
    [['--url', 'somewhere'], 'expected an address such as'],
    [['--url', 'ftp://a'], 'expected an address such as'],
    [['--url', 'http://user:hunter2@a'], 'expected an address such as'],
    [['--directory', 'a'], "Unknown option '--directory'"],
    [['services/orders-api'], 'Unexpected argument'],
  ])('%j are refused with how to write them', (args, mistake) => {
    const refused = read(...args) as { usage: string };
    expect(refused.usage).toContain(mistake);
    expect(refused.usage).toContain('npm run contract -- --url ADDRESS');
    expect(refused.usage).not.toContain('hunter2');
  });
});

describe('a service that runs', () => {
  const runOn = (port: number) =>
    run(['scripts/contract.ts', '--url', `http://127.0.0.1:${port}`], { HEALTH_TOKEN: 'contract-health-token' });

  it('is read, and what it does not keep is named', { timeout: 60_000 }, async () => {
    const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0', token: 'contract-health-token' });
    // A health without the rest of the contract: its other answers are no problems.
    const server = createServer(health.wrap((_request, response) => response.writeHead(404).end()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      health.close();
      server.closeAllConnections();
      server.close();
    });
    const { status, output } = await runOn((server.address() as AddressInfo).port);
    expect(output).toMatch(/2 failed.*\d+ passed/);
    expect(output).toContain('names the request and the release');
    expect(status).toBe(1);
  });
});

/** Not synchronously: the server under test answers in this process. */
async function run(args: string[], env: NodeJS.ProcessEnv): Promise<{ status: number | null; output: string }> {
  const child = spawn(process.execPath, args, { cwd: repository, env: { ...process.env, ...env, NO_COLOR: '1' } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, output };
}
