import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const request = Buffer.from('GET /hello/world HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n\r\n');
const expected = Buffer.from('{"hello":"world"}');

const closedByServer = new Error('the server closed a connection');

/** Keep-alive connections to one server that stay open for the whole measurement, so that a round costs no handshake. */
export class Load {
  readonly #sockets: Socket[] = [];
  #left = 0;
  #open = 0;
  #finished: () => void = () => {};
  #failed: (error: Error) => void = () => {};
  #closed = false;

  async open(port: number, connections: number): Promise<void> {
    for (let index = 0; index < connections; index += 1) {
      const socket = connect(port, '127.0.0.1').setNoDelay(true);
      socket.on('data', (data) => this.#onAnswer(socket, data));
      // It is followed by the close.
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#closed = true;
        this.#failed(closedByServer);
      });
      this.#sockets.push(socket);
    }
    await Promise.all(this.#sockets.map((socket) => once(socket, 'connect')));
  }

  /** Sends so many requests, one at a time on each connection, and waits for the last answer. */
  send(requests: number): Promise<void> {
    if (this.#closed) return Promise.reject(closedByServer);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#finished = resolve;
    this.#failed = reject;
    this.#open = this.#sockets.length;
    this.#left = requests - this.#open;
    for (const socket of this.#sockets) socket.write(request);
    return promise;
  }

  close(): void {
    this.#failed = () => {};
    for (const socket of this.#sockets) socket.destroy();
  }

  #onAnswer(socket: Socket, data: Buffer): void {
    // An answer may come in two pieces; the second one has the body.
    if (!data.includes(expected)) return;
    if (this.#left > 0) {
      this.#left -= 1;
      socket.write(request);
    } else {
      this.#open -= 1;
      if (this.#open === 0) this.#finished();
    }
  }
}
