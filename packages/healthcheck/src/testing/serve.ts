import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface Served {
  readonly port: number;
  readonly get: (path: string, init?: RequestInit) => Promise<Response>;
  /** Sends bytes as they are and returns all bytes that came back until the server closed. */
  readonly raw: (bytes: string) => Promise<string>;
}

/** Serves a listener on a free port of 127.0.0.1 until the test ends. */
export async function serve(listener: RequestListener): Promise<Served> {
  const server = createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    get: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init),
    async raw(bytes) {
      const socket = connect(port, '127.0.0.1');
      socket.write(bytes);
      return text(socket);
    },
  };
}
