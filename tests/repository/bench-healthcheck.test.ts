import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import { extraOf } from '../../bench/differences.ts';
import { Load } from '../../bench/requests/load.ts';
import { programs } from '../../bench/healthcheck/programs.ts';

describe('what one program costs more than another', () => {
  it('is the median of the differences within a round', () => {
    const base = [10, 50, 20, 90, 30];
    const { us, from, to, ratio } = extraOf(
      base.map((sample, round) => sample + [2, 2, 3, 1, 2][round]!),
      base,
    );
    expect([us, ratio]).toEqual([2, 32 / 30]);
    expect(from).toBeGreaterThanOrEqual(1);
    expect(to).toBeLessThanOrEqual(3);
  });

  it('is as sure as the rounds agree', () => {
    expect(extraOf([3, 3, 3, 3], [1, 1, 1, 1])).toEqual({ us: 2, from: 2, to: 2, ratio: 3 });
  });

  it.each([
    [[1, 2], [1]],
    [[], []],
  ])('is not taken from %j and %j', (samples, base) => {
    expect(() => extraOf(samples, base)).toThrow(`got ${samples.length} and ${base.length}`);
  });

  it('is taken from a program of the list', () => {
    const files = new Set(programs.map(({ file }) => file));
    expect(programs.filter(({ base }) => !files.has(base))).toEqual([]);
  });
});

describe('the load', () => {
  async function serve(answer: string, connections: number) {
    let answered = 0;
    const server = createServer((_request, response) => {
      answered += 1;
      response.end(answer);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const load = new Load();
    await load.open((server.address() as AddressInfo).port, connections);
    onTestFinished(async () => {
      load.close();
      await once(server.close(), 'close');
    });
    return { server, load, answered: () => answered };
  }

  it('sends as many requests as asked, again and again', async () => {
    const { load, answered } = await serve('{"hello":"world"}', 4);
    await load.send(100);
    expect(answered()).toBe(100);
    await load.send(4);
    expect(answered()).toBe(104);
  });

  it('says that a server closed a connection, at once and later', async () => {
    const { server, load } = await serve('something else', 2);
    const sent = load.send(10);
    server.closeAllConnections();
    await expect(sent).rejects.toThrow('the server closed a connection');
    await expect(load.send(10)).rejects.toThrow('the server closed a connection');
  });
});
