import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { testTemplate } from 'create-seaworthy/testing';
import { afterAll, describe, expect, it } from 'vitest';

import { plainEnvironment } from '../../scripts/demo-session.ts';

const repository = path.resolve(import.meta.dirname, '../..');

/** A folder that holds a Node of this version and nothing else, for the beginning of a PATH. */
function installNode(version: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'node-'));
  const name = `node-${process.platform}-${process.arch}`;
  execFileSync('npm', ['install', '--no-save', '--prefix', folder, `${name}@${version}`], { stdio: 'pipe' });
  return path.join(folder, 'node_modules', name, 'bin');
}

describe.each(['22.23.3', '24.21.0', '26.12.1'])('a service on Node %s', (version) => {
  const bin = installNode(version);
  const env = plainEnvironment();
  env['PATH'] = `${bin}${path.delimiter}${env['PATH']}`;
  afterAll(() => rmSync(path.resolve(bin, '../../..'), { recursive: true }));

  it('finds it', () => {
    expect(execFileSync('node', ['--version'], { encoding: 'utf8', env })).toBe(`v${version}\n`);
  });

  testTemplate({
    language: 'node',
    hostNode: version,
    vendorDirectory: path.join(repository, 'packages/create/vendor'),
    commands: ['make setup', 'make lint', 'make test', 'make integration'],
    env,
  });
});
