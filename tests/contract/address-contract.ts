import { readdirSync, rmSync } from 'node:fs';

import { expect, it, onTestFinished } from 'vitest';

import { commandLine } from './background-commands.ts';
import { runCommand, temporaryFolder } from './running-service.ts';

/** An address means the same in every language, or is refused while the settings are read. */
export function addressContract(directory: string): void {
  const migrate = (env: NodeJS.ProcessEnv) =>
    runCommand(directory, commandLine(directory, 'migrate'), { DEPLOY_ENVIRONMENT: 'test', ...env });

  it.each([
    ['CACHE_URL', 'redis://:hunter2@127.0.0.1:9/abc'],
    ['CACHE_URL', 'redis://:hunter2@127.0.0.1:9/0/1'],
    ['CACHE_URL', 'redis://:hunter2@127.0.0.1:9/0?socket_timeout=abc'],
    ['CACHE_URL', 'rediss://:hunter2@127.0.0.1:9?foo=1'],
    ['DATABASE_URL', 'sqlite:var/hunter2.db?mode=ro'],
    ['DATABASE_URL', 'sqlite://localhost/var/orders.db'],
    ['DATABASE_URL', 'sqlite:var/a%zz.db'],
    ['DATABASE_URL', 'sqlite:var/a%00.db'],
    ['DATABASE_URL', 'sqlite:var/a%ff.db'],
  ])('refuses %s=%s', (variable, url) => {
    const { status, stdout, stderr } = migrate({ [variable]: url });
    expect({ status, stdout }).toEqual({ status: 78, stdout: '' });
    expect(stderr).toContain(`1. ${variable}`);
    expect(stderr).toContain('it is not of this form');
    expect(stderr).not.toContain(':hunter2');
  });

  it('reads a file of the name that the URL encodes', () => {
    const folder = temporaryFolder();
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { status, stderr } = migrate({ DATABASE_URL: `sqlite:${folder}/a%20b%2Bc.db` });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(folder)).toEqual(['a b+c.db']);
  });
}
