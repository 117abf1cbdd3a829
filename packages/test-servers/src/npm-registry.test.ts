import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startNpmRegistry, type NpmRegistry } from './npm-registry.ts';

describe('a registry of our own', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'npm-registry-test-'));
  let registry: NpmRegistry;
  beforeAll(async () => {
    registry = await startNpmRegistry(['@seaworthy/*']);
  }, 60_000);
  afterAll(async () => {
    await registry.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const npm = (...args: readonly string[]) =>
    execFileSync('npm', args, { cwd: folder, encoding: 'utf8', env: { ...process.env, ...registry.env } }).trim();

  it('gives back what was published to it, and only once', () => {
    const made = path.join(folder, 'made');
    mkdirSync(made);
    writeFileSync(path.join(made, 'package.json'), '{ "name": "@seaworthy/made-for-this-test", "version": "1.2.3" }');
    npm('publish', made, '--access=public');
    expect(npm('view', '@seaworthy/made-for-this-test', 'version')).toBe('1.2.3');
    const again = spawnSync('npm', ['publish', made], { encoding: 'utf8', env: { ...process.env, ...registry.env } });
    expect(again.status).not.toBe(0);
  });

  it('looks nowhere else for what is ours', () => {
    const { status, stderr } = spawnSync('npm', ['view', '@seaworthy/nobody-published-this'], {
      encoding: 'utf8',
      env: { ...process.env, ...registry.env },
    });
    expect(status).not.toBe(0);
    expect(stderr).toContain('E404');
  });

  it('passes on the packages of others', () => {
    expect(npm('view', 'zod@4.6.7', 'version')).toBe('4.6.7');
  });
});
