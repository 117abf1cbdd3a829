import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import { keepAlive, rawConnection, send } from '../testing/stopping-process.ts';
import { Connections } from './connections.ts';

const answer: RequestListener = (_request, response) => void response.end('ok');

async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

const post = (expectation: string) =>
  `POST / HTTP/1.1\r\nhost: a\r\nexpect: ${expectation}\r\ncontent-length: 2\r\n\r\nhi`;

describe('requests that expect something', () => {
  it('are answered by Node as before where nobody listens to them', async () => {
    const server = createServer(answer);
    const connections = new Connections(server);
    expect(['checkContinue', 'checkExpectation'].map((event) => server.listenerCount(event))).toEqual([0, 0]);
    const port = await listen(server);
    connections.announceClose();
    const { ended } = await rawConnection(port, post('100-continue'));
    expect(await ended).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\nconnection: close/i);
  });

  it.each([
    ['100-continue', 'checkContinue'],
    ['something', 'checkExpectation'],
  ])('%s: what the listener of %s answers ends its connection too', async (expectation, event) => {
    const server = createServer(answer).on(event, answer);
    const connections = new Connections(server);
    const port = await listen(server);
    connections.announceClose();
    const { ended } = await rawConnection(port, post(expectation));
    expect(await ended).toMatch(/^HTTP\/1\.1 200 OK\r\nconnection: close/i);
  });
});

describe('closing', () => {
  it('ends at once where nothing ever listened', async () => {
    await new Connections(createServer(answer)).close();
    expect(new Connections(createServer(answer)).cutOff()).toEqual([]);
  });

  it('waits for what is in flight also when somebody else has closed the server before', async () => {
    const { promise, resolve } = Promise.withResolvers<() => void>();
    const server = createServer((_request, response) => resolve(() => response.end('late')));
    const connections = new Connections(server);
    const port = await listen(server);
    const answered = send(port, '/', keepAlive());
    const respond = await promise;
    server.close();
    let isClosed = false;
    const closed = connections.close().then(() => (isClosed = true));
    await new Promise((next) => void setTimeout(next, 50));
    expect(isClosed).toBe(false);
    respond();
    expect(await answered).toMatchObject({ status: 200, body: 'late' });
    await closed;
  });

  it('takes every connection that was waiting in the queue of the listener', async () => {
    const server = createServer(answer);
    const connections = new Connections(server);
    const port = await listen(server);
    const request = 'GET / HTTP/1.1\r\nhost: a\r\n\r\n';
    const clients = Array.from({ length: 50 }, () => rawConnection(port, request));
    connections.announceClose();
    // All are connected as soon as the system says so, whether this process has taken them or not.
    const closed = Promise.all(clients).then(() => connections.close());
    for (const { ended } of await Promise.all(clients)) expect(await ended).toContain('200 OK');
    await closed;
  });
});
