import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

import { hostNodeVersion, runsTypeScript } from './host-node.ts';

/** A folder with this shell script as the program `node`. */
function folderWithScript(script: string, below = 'bin'): string {
  const folder = path.join(temporaryFolder(), below);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'node'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
}

/** A folder with a program `node` that prints this version. */
function folderWithNode(version: string, below?: string): string {
  return folderWithScript(`echo ${version}`, below);
}

describe('hostNodeVersion', () => {
  it('is what the first node on the path says', async () => {
    const searchPath = [temporaryFolder(), folderWithNode('v20.20.2'), folderWithNode('v24.0.0')];
    expect(await hostNodeVersion(searchPath.join(path.delimiter))).toBe('v20.20.2');
  });

  it("passes over a project's own Node", async () => {
    const own = folderWithNode('v24.0.0', 'node_modules/.bin');
    const nested = folderWithNode('v23.0.0', 'node_modules/node/bin');
    const host = folderWithNode('v20.20.2', 'my-node_modules-backup');
    expect(await hostNodeVersion([own, nested, host].join(path.delimiter))).toBe('v20.20.2');
    expect(await hostNodeVersion([own, temporaryFolder()].join(path.delimiter))).toBeUndefined();
  });

  it('is what a stand-in says that reads its settings at home, as a version manager has one', async () => {
    const home = temporaryFolder();
    writeFileSync(path.join(home, '.version'), 'v22.18.0\n');
    vi.stubEnv('HOME', home);
    expect(await hostNodeVersion(folderWithScript('read -r version < "$HOME/.version" && echo "$version"'))).toBe(
      'v22.18.0',
    );
  });

  it('waits for no answer where a stand-in asks', async () => {
    expect(await hostNodeVersion(folderWithScript('read -r answer; echo v22.18.0'))).toBe('v22.18.0');
  });

  it('is undefined where there is none, or one that fails', async () => {
    expect(await hostNodeVersion(temporaryFolder())).toBeUndefined();
    expect(await hostNodeVersion(folderWithScript('echo v1; exit 1'))).toBeUndefined();
  });
});

describe('runsTypeScript', () => {
  it.each(['v22.18.0', 'v22.21.1', 'v23.0.0', 'v24.21.0', 'v100.0.0', '22.18.0'])('accepts %s', (version) => {
    expect(runsTypeScript(version)).toBe(true);
  });

  it.each(['v20.20.2', 'v22.17.9', 'v22.2.0', 'v18.99.0', 'v9.9.9', 'nonsense', '', undefined])(
    'declines %s',
    (version) => {
      expect(runsTypeScript(version)).toBe(false);
    },
  );
});
