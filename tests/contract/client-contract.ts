import { once } from 'node:events';
import { connect } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ask } from './http-client.ts';
import { startService, type RunningService } from './running-service.ts';

const json = { 'content-type': 'application/json' };
const body = JSON.stringify({ orderNumber: 'A-1001', sku: 'S', quantity: 1 });
const post = `POST /orders HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
const get = 'GET /orders?limit=100 HTTP/1.1\r\nhost: x\r\n\r\n';

/** Clients that are rude, and clients behind a proxy. */
export function clientContract(directory: string): void {
  describe('clients that hang up', () => {
    let service: RunningService;
    beforeAll(async () => {
      service = await startService(directory);
    });
    afterAll(() => service.stop());

    it.each([
      ['at once', ''],
      ['in the middle of the head', post.slice(0, 40)],
      ['in the middle of the body', `${post}${body.slice(0, 10)}`],
      ['before the answer', get],
      ['before many answers', get.repeat(50)],
    ])('hurt nobody: %s', async (_what, sent) => {
      const hangUp = async () => {
        const socket = connect(service.port, '127.0.0.1').on('error', () => undefined);
        await once(socket, 'connect');
        await new Promise((resolve) => socket.write(sent, resolve));
        socket.resetAndDestroy();
      };
      await Promise.all(Array.from({ length: 20 }, hangUp));
      const answers = [
        await ask(`${service.address}/orders`, { method: 'POST', headers: json, body }),
        await ask(`${service.address}/orders`),
      ];
      expect(answers.map(({ status }) => status)).toEqual([expect.toBeOneOf([200, 201]), 200]);
      expect(service.lines.filter(({ level }) => level === 'error')).toEqual([]);
    });
  });

  it.each([
    ['none', '127.0.0.1'],
    ['127.0.0.0/8', '203.0.113.7'],
    ['10.0.0.0/8', '127.0.0.1'],
  ])('logs the client that a trusted proxy names: HTTP_TRUSTED_PROXIES=%s', async (proxies, client) => {
    const service = await startService(directory, { HTTP_TRUSTED_PROXIES: proxies });
    await ask(`${service.address}/orders`, { headers: { 'x-forwarded-for': '198.51.100.9, 203.0.113.7' } });
    await ask(`${service.address}/orders`, { headers: { 'x-forwarded-for': 'a b' } });
    expect(await service.stop()).toBe(0);
    const clients = service.lines.filter(({ message }) => message === 'request').map((line) => line['client']);
    expect(clients).toEqual([client, client === '203.0.113.7' ? null : client]);
  });
}
