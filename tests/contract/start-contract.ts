import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { expect, it } from 'vitest';

import { commandLine } from './background-commands.ts';
import { healthToken, migrate, readFacts, runCommand, temporaryFolder } from './running-service.ts';

const secret = 'marker-secret-value-0000';

export function startContract(directory: string): void {
  const { commands, owner } = readFacts(directory);
  const start = (env: NodeJS.ProcessEnv) => runCommand(directory, commands.start, env);
  const test = { DEPLOY_ENVIRONMENT: 'test', HTTP_PORT: '0', HEALTH_TOKEN: secret };

  it.each([
    ['a stage that is missing', {}, 'DEPLOY_ENVIRONMENT  (deployEnvironment)  CFG_MISSING'],
    ['a stage that is empty', { DEPLOY_ENVIRONMENT: '' }, 'DEPLOY_ENVIRONMENT  (deployEnvironment)  CFG_EMPTY'],
    ['a stage that is none', { DEPLOY_ENVIRONMENT: 'prod' }, 'DEPLOY_ENVIRONMENT  (deployEnvironment)  CFG_INVALID'],
    [
      'a value without its unit',
      { ...test, HTTP_REQUEST_TIMEOUT: '5' },
      'HTTP_REQUEST_TIMEOUT  (httpServer.requestTimeoutMs)  CFG_INVALID',
    ],
    [
      'a unit in the wrong case',
      { ...test, HTTP_BODY_LIMIT: '1mib' },
      'HTTP_BODY_LIMIT  (httpServer.bodyLimitBytes)  CFG_INVALID',
    ],
    ['an empty value', { ...test, HTTP_PORT: '' }, 'HTTP_PORT  (httpServer.port)  CFG_EMPTY'],
    ['a port out of range', { ...test, HTTP_PORT: '70000' }, 'HTTP_PORT  (httpServer.port)  CFG_RANGE'],
    ['a number in words', { ...test, HTTP_PORT: '0x50' }, 'HTTP_PORT  (httpServer.port)  CFG_INVALID'],
    ['a misspelt name', { ...test, HTTP_REQUST_TIMEOUT: '5s' }, 'HTTP_REQUST_TIMEOUT  CFG_UNKNOWN'],
    ['a misspelt word', { ...test, LOG_LEVEL: 'warning' }, 'LOG_LEVEL  (logging.level)  CFG_INVALID'],
    ['a short secret', { ...test, HEALTH_TOKEN: 'short' }, 'HEALTH_TOKEN  (service.healthToken)  CFG_RANGE'],
    [
      'a secret that is missing',
      { DEPLOY_ENVIRONMENT: 'production' },
      'HEALTH_TOKEN  (service.healthToken)  CFG_MISSING',
    ],
    [
      'another database',
      { ...test, DATABASE_URL: `mysql://root:${secret}@db/orders` },
      'DATABASE_URL  (service.databaseUrl)  CFG_INVALID',
    ],
    [
      'two that do not fit',
      { ...test, HTTP_KEEP_ALIVE_TIMEOUT: '60s' },
      'HTTP_KEEP_ALIVE_TIMEOUT + HTTP_BALANCER_IDLE_TIMEOUT  (httpServer)  CFG_RULE',
    ],
  ])('refuses %s with exit 78', (_what, env, headline) => {
    const { stdout, stderr, status } = start(env);
    expect(stderr).toMatch(/^SettingsError: 1 problem in \d+ settings \(.+\)\. The service did not start\.\n\n1\. /);
    expect(stderr).toContain(`\n1. ${headline}\n`);
    for (const line of ['got', 'expected', 'why', 'fix', 'retry', 'owner'])
      expect(stderr).toMatch(new RegExp(`\n   ${line} +\\S`));
    expect(stderr).toContain(`\n   owner     ${owner}\n`);
    expect(stderr).not.toContain(secret);
    expect({ stdout, status }).toEqual({ stdout: '', status: 78 });
  });

  it('says everything that is wrong at once, word for word', () => {
    const { stderr } = start({ ...test, HTTP_REQUEST_TIMEOUT: '5', LOG_LEVEL: 'warning', HEALTH_TOKEN: 'short' });
    expect(stderr.replace(/in \d+ settings/, 'in N settings').trimEnd()).toBe(
      `SettingsError: 3 problems in N settings (test). The service did not start.

1. HTTP_REQUEST_TIMEOUT  (httpServer.requestTimeoutMs)  CFG_INVALID
   got       "5"  from environment
   expected  a duration from 1s to 5m, with its unit, such as 30s
   why       it has no unit, so 5ms and 5s cannot be told apart
   fix       HTTP_REQUEST_TIMEOUT=5s
   retry     no: the same value fails again. Change it, then start again.
   owner     ${owner}

2. LOG_LEVEL  (logging.level)  CFG_INVALID
   got       "warning"  from environment
   expected  one of debug, info, warn, error
   why       it is not one of them
   fix       LOG_LEVEL=warn
   retry     no: the same value fails again. Change it, then start again.
   owner     ${owner}

3. HEALTH_TOKEN  (service.healthToken)  CFG_RANGE
   got       a secret (never shown)  from environment
   expected  a secret of at least 16 characters
   why       it is too short
   fix       set HEALTH_TOKEN to a longer value
   retry     no: the same value fails again. Change it, then start again.
   owner     ${owner}`,
    );
  });

  it('leaves the variables of others alone', () => {
    const env = { ...test, HTTP_PROXY: 'http://proxy', NO_PROXY: '*', HTTP_PORT_8080_TCP: 'tcp://10.0.0.1:8080' };
    expect(runCommand(directory, commands.settings, env).status).toBe(0);
  });

  it('names a port that is in use', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    const folder = temporaryFolder();
    const database = { DATABASE_URL: `sqlite:${folder}/orders.db` };
    migrate(directory, database);
    const { stdout, stderr, status } = start({ ...test, ...database, HTTP_PORT: String(port) });
    holder.close();
    rmSync(folder, { recursive: true });
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
    expect(stderr.trimEnd()).toBe(
      `StartError: the port is in use. The service did not start.
   code      START_PORT_IN_USE
   got       127.0.0.1:${port}
   expected  a port nobody listens on
   fix       stop the process that holds it, or set HTTP_PORT to another port
   retry     yes: once the port is free
   owner     ${owner}`,
    );
  });

  it.each([
    ['in a folder that is a file', 'file/orders.db', 'EEXIST'],
    ['below a file', 'file/var/orders.db', 'ENOTDIR'],
    ['that is a folder', 'folder', 'unable to open database file'],
    ['of another format', 'picture', 'file is not a database'],
    ['in memory', ':memory:', 'a database in memory would forget every order'],
  ])('names a database that cannot be written: %s', (_what, name, reason) => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'file'), '');
    mkdirSync(path.join(folder, 'folder'));
    writeFileSync(path.join(folder, 'picture'), 'x'.repeat(4096));
    const DATABASE_URL = `sqlite:${name === ':memory:' ? name : path.join(folder, name)}`;
    const ended = [commands.start, commandLine(directory, 'migrate')].map((command) =>
      runCommand(directory, command, { ...test, DATABASE_URL }),
    );
    rmSync(folder, { recursive: true });
    for (const each of ended)
      expect(each).toEqual({
        stdout: '',
        status: 1,
        stderr: `StartError: the database cannot be opened for writing. The service did not start.
   code      START_DATABASE_UNUSABLE
   got       ${DATABASE_URL}: ${reason}
   expected  a database file in a folder this process may write
   fix       mend what got says, or set DATABASE_URL to another file
   retry     yes: once the file can be written
   owner     ${owner}
`,
      });
  });

  it('names a database that holds something else under the name of its history', () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'orders.db');
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE schema_migrations (version TEXT)');
    other.close();
    const ended = [commands.start, commandLine(directory, 'migrate')].map((command) =>
      runCommand(directory, command, { ...test, DATABASE_URL: `sqlite:${file}` }),
    );
    rmSync(folder, { recursive: true });
    for (const each of ended)
      expect(each).toEqual({
        stdout: '',
        status: 1,
        stderr: `StartError: the database failed. The service did not start.
   code      START_DATABASE_FAILED
   got       no such column: number
   expected  a database that this user may read and write
   fix       mend what got says, or correct DATABASE_URL
   retry     yes: once that is mended
   owner     ${owner}
`,
      });
  });

  it('prints its settings with their origin, and no secret', () => {
    const env = { DEPLOY_ENVIRONMENT: 'staging', HEALTH_TOKEN: healthToken, HTTP_PORT: '9090' };
    const { stdout, status } = runCommand(directory, commands.settings, env);
    expect(status).toBe(0);
    expect(stdout).not.toContain(healthToken);
    expect(JSON.parse(stdout)).toMatchObject({
      environment: 'staging',
      settings: {
        HTTP_PORT: { setting: 'httpServer.port', value: '9090', origin: 'environment' },
        HTTP_REQUEST_TIMEOUT: { setting: 'httpServer.requestTimeoutMs', value: '30s', origin: 'default' },
        DATABASE_URL: {
          value: 'sqlite:var/staging.db',
          origin: expect.stringMatching(/^file config\/staging\.env:\d+$/) as string,
        },
        HEALTH_TOKEN: { value: '[secret]', origin: 'environment' },
      },
    });
  });
}
