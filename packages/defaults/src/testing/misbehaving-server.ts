import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

/** What a server does with the nth request it gets, counted from 0 over all connections. */
export type Behaviour = (socket: Socket, request: { readonly head: string; readonly index: number }) => void;

export interface MisbehavingServer {
  readonly port: number;
  readonly origin: string;
  /** The first line of each request, in the order they came. */
  readonly requests: string[];
  /** Resolves when a client has ended a connection. */
  readonly hungUp: Promise<void>;
}

/** A whole answer. */
export function answer(status: number, body = '', headers = ''): string {
  return `HTTP/1.1 ${status} Status\r\ncontent-length: ${body.length}\r\n${headers}\r\n${body}`;
}

/** A TCP server that does what the test says, byte by byte; it takes requests without a body. */
export async function startMisbehaving(behave: Behaviour): Promise<MisbehavingServer> {
  const requests: string[] = [];
  const { promise: hungUp, resolve: hangUp } = Promise.withResolvers<void>();
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    // A client that resets its connection is part of the test.
    socket.on('error', () => undefined);
    socket.once('close', hangUp);
    socket.on('data', (chunk: Buffer) => {
      const head = chunk.toString('latin1');
      requests.push(head.slice(0, head.indexOf(' HTTP/')));
      behave(socket, { head, index: requests.length - 1 });
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const { port } = server.address() as AddressInfo;
  return { port, origin: `http://127.0.0.1:${port}`, requests, hungUp };
}
