import { once } from 'node:events';
import { connect } from 'node:net';

import { expect, onTestFinished } from 'vitest';

/** A client that writes bytes as they are, and remembers what came back and in what order connections ended. */
export interface RawConnection {
  send(bytes: string): void;
  received(): string;
  /** Waits until these bytes have come back. */
  until(bytes: string): Promise<void>;
  /** Resolves when the connection has ended, with when that was. */
  readonly ended: Promise<number>;
}

/** Waits as long as a busy machine may need, and no longer than a test that is wrong should take. */
export const patience = { timeout: 20_000, interval: 20 };

export async function connectRaw(port: number, host = '127.0.0.1'): Promise<RawConnection> {
  const socket = connect(port, host);
  let bytes = '';
  socket.on('data', (chunk: Buffer) => (bytes += chunk.toString('latin1')));
  // A server that cuts the connection off is what some tests wait for.
  socket.on('error', () => undefined);
  const ended = new Promise<number>((resolve) => socket.once('close', () => resolve(performance.now())));
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return {
    send: (text) => void socket.write(text),
    received: () => bytes,
    async until(text) {
      await expect.poll(() => bytes, patience).toContain(text);
    },
    ended,
  };
}
