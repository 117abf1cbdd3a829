// Many rounds of a process that stops under load: no request of a client that follows the rules is lost.
import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import {
  keepAlive,
  nextSignal,
  rawConnection,
  send,
  startStopping,
  type StoppingProcess,
} from '../testing/stopping-process.ts';

const long = 600_000;
const paths = ['/', '/', '/', '/slow', '/stream'];

/** What the clients that follow the rules got. */
interface Seen {
  answered: number;
  readonly lost: unknown[];
}

interface Balancer {
  /** False as soon as it has seen that the instance takes no new connections. */
  readonly ready: () => boolean;
  readonly stopped: Promise<void>;
}

/** Asks /readyz until it says no. */
function balance(port: number, { lost }: Seen): Balancer {
  let ready = true;
  const ask = async () => {
    while (ready) {
      try {
        ready = (await send(port, '/readyz')).status === 200;
      } catch (error) {
        lost.push(['/readyz', error]);
        ready = false;
      }
      await delay(10);
    }
  };
  return { ready: () => ready, stopped: ask() };
}

/** Sends one request after the other on one connection, and opens a new one only while the balancer says so. */
async function load(port: number, { ready }: Balancer, seen: Seen): Promise<void> {
  const agent = keepAlive();
  let isOpen = false;
  while (isOpen || ready()) {
    const url = paths[Math.floor(Math.random() * paths.length)] ?? '/';
    const body = Math.random() < 0.3 ? 'x'.repeat(50_000) : undefined;
    try {
      const { status, closes, body: got } = await send(port, url, agent, body);
      if (status !== 200 || (body !== undefined && !got.endsWith(body))) seen.lost.push([url, status]);
      isOpen = !closes;
      seen.answered += 1;
    } catch (error) {
      seen.lost.push([url, error]);
      isOpen = false;
    }
    await delay(Math.random() * 10);
  }
}

/** Clients that hang up early, send half a body or half a header, or never send anything. */
async function beRude(port: number, { ready }: Balancer): Promise<void> {
  const rude = [
    '',
    'GET / HTTP/1.1\r\nho',
    'GET /never HTTP/1.1\r\nhost: a\r\n\r\n',
    'GET /stream HTTP/1.1\r\nhost: a\r\n\r\n',
    'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nhalf',
    'this is no HTTP\r\n\r\n',
  ];
  for (let turn = 0; ready(); turn += 1) {
    const { socket } = await rawConnection(port, rude[turn % rude.length]);
    await delay(10);
    // Those that never send a whole request stay; the server has to get rid of them.
    if (turn % rude.length > 1) socket.destroy();
  }
}

/** Stops a service at a moment that is drawn, once its clients are at work; returns what was lost. */
async function stopUnderLoad(service: StoppingProcess): Promise<unknown[]> {
  const { port } = service;
  const seen: Seen = { answered: 0, lost: [] };
  const balancer = balance(port, seen);
  const clients = [1, 2, 3, 4].map(() => load(port, balancer, seen));
  const rude = beRude(port, balancer);
  const enough = 8 + Math.random() * 40;
  while (seen.answered < enough) await delay(5);
  await delay(Math.random() * 20);
  service.signal();
  await Promise.all([...clients, rude, balancer.stopped]);
  // Every client has gone: the drain time need not be waited for.
  await nextSignal();
  service.signal();
  return seen.lost;
}

describe.each(['node', 'express', 'fastify'] as const)('on %s', (framework) => {
  it.each([1, 2, 3])('round %i', { timeout: 60_000 }, async () => {
    const service = await startStopping({ framework, drainTimeoutMs: long, graceTimeoutMs: 20_000 });
    expect(await stopUnderLoad(service)).toEqual([]);
    expect([await service.exited, await service.errors]).toEqual([0, '']);
  });
});
