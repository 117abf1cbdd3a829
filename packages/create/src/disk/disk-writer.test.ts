import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

import { diskWriter } from './disk-writer.ts';

describe('remove', () => {
  it('takes a folder away in which another process still makes and removes files', { timeout: 30_000 }, async () => {
    for (let round = 0; round < 10; round += 1) {
      const folder = path.join(temporaryFolder(), 'staging');
      for (let index = 0; index < 100; index += 1) {
        mkdirSync(path.join(folder, `d${index}`), { recursive: true });
        writeFileSync(path.join(folder, `d${index}/file`), '');
      }
      const loop =
        'end=$(($(date +%s%N) + 60000000)); while [ $(date +%s%N) -lt $end ]; do : > d50/lock; mv d50/lock d50/new; rm d50/new; done 2> /dev/null; exit 0';
      const busy = spawn('sh', ['-c', loop], { cwd: folder, stdio: 'ignore' });
      const ended = once(busy, 'exit');
      await once(busy, 'spawn');
      await diskWriter.remove(folder);
      expect(existsSync(folder)).toBe(false);
      await ended;
    }
  });

  it('does nothing where nothing is', async () => {
    const folder = temporaryFolder();
    await diskWriter.remove(path.join(folder, 'none'));
    expect(existsSync(folder)).toBe(true);
  });
});
