import { describe, expect, it, vi } from 'vitest';

import { quoted } from './quoted.ts';
import { withProgress } from './with-progress.ts';
import { writeTable } from './write-table.ts';

function screen(isTTY: boolean) {
  const printed: string[] = [];
  return { isTTY, printed, write: (text: string) => printed.push(text) };
}

describe('writeTable', () => {
  const rows = [
    ['HTTP_PORT', '8080', ''],
    ['LOG_LEVEL', 'info', 'quiet\nlog'],
  ];

  it('aligns columns under their titles on a terminal', () => {
    const terminal = screen(true);
    writeTable(terminal, ['name', 'staging', 'why'], rows);
    expect(terminal.printed.join('')).toBe(String.raw`NAME       STAGING  WHY
HTTP_PORT  8080
LOG_LEVEL  info     quiet\u000alog
`);
  });

  it('puts tabs between them elsewhere', () => {
    const pipe = screen(false);
    writeTable(pipe, ['name', 'staging', 'why'], rows);
    expect(pipe.printed.join('')).toBe('HTTP_PORT\t8080\t\nLOG_LEVEL\tinfo\tquiet\\u000alog\n');
  });
});

describe('withProgress', () => {
  it('says what it waits for after a second, and takes the line away', async () => {
    vi.useFakeTimers();
    const terminal = screen(true);
    const { promise, resolve } = Promise.withResolvers<string>();
    const work = withProgress(terminal, 'verifying', () => promise);
    await vi.advanceTimersByTimeAsync(900);
    expect(terminal.printed).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_200);
    resolve('done');
    expect(await work).toBe('done');
    expect(terminal.printed).toEqual(['\rverifying: 1s', '\rverifying: 2s', `\r${' '.repeat(13)}\r`]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(terminal.printed).toHaveLength(3);
    vi.useRealTimers();
  });

  it('is silent elsewhere, and lets a failure through', async () => {
    const pipe = screen(false);
    await expect(withProgress(pipe, 'verifying', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(pipe.printed).toEqual([]);
  });
});

describe('quoted', () => {
  it.each([
    ['/srv/orders-api', '/srv/orders-api'],
    ['/srv/my service', "'/srv/my service'"],
    ["it's", String.raw`'it'\''s'`],
  ])('writes %s as %s', (word, expected) => {
    expect(quoted(word)).toBe(expected);
  });
});
