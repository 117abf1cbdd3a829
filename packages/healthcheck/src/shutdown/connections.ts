import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';

/** A client that connects has its first request on the way: this long it is waited for. */
const firstRequestMs = 1000;
/** The backlog that Node asks for. */
const longestQueue = 511;

interface InFlight {
  readonly request: IncomingMessage;
  readonly sinceMs: number;
}

/**
 * The connections of one server, and what is in flight on them.
 *
 * Node closes idle connections by itself, but takes neither a connection that never sent a byte for idle nor one whose
 * request is only half there, and tells no client that its connection will be closed.
 */
export class Connections {
  readonly #server: HttpServer | HttpsServer;
  /** As they were accepted, with when that was. */
  readonly #accepted = new Map<Socket, number>();
  /** The same sockets, or what they carry where they speak TLS. */
  readonly #speaking = new Set<Socket>();
  readonly #inFlight = new Map<ServerResponse, InFlight>();
  #acceptedCount = 0;
  #closing = false;
  #announced = false;
  #lastClosed: (() => void) | undefined;

  constructor(server: HttpServer | HttpsServer) {
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      this.#acceptedCount += 1;
      this.#accepted.set(socket, performance.now());
      socket.once('close', () => {
        this.#accepted.delete(socket);
        if (this.#accepted.size === 0) this.#lastClosed?.();
      });
    });
    server.on('setSecureContext' in server ? 'secureConnection' : 'connection', (socket: Socket) => {
      this.#speaking.add(socket);
      socket.once('close', () => this.#speaking.delete(socket));
    });
    const begin = this.#begin.bind(this);
    server.prependListener('request', begin);
    // A listener for one of these takes its requests away from "request"; where there is none, this must not be the first.
    for (const event of ['checkContinue', 'checkExpectation'])
      if (server.listenerCount(event) > 0) server.prependListener(event, begin);
  }

  #begin(request: IncomingMessage, response: ServerResponse): void {
    this.#inFlight.set(response, { request, sinceMs: performance.now() });
    if (this.#announced) response.setHeader('connection', 'close');
    response.once('close', () => {
      this.#inFlight.delete(response);
      // An answer that had begun before still keeps its connection, which is idle a moment later.
      if (this.#closing) setImmediate(() => this.#server.closeIdleConnections());
    });
  }

  /** From now on every answer ends its connection, also one that has not begun yet. */
  announceClose(): void {
    this.#announced = true;
    for (const response of this.#inFlight.keys()) if (!response.headersSent) response.setHeader('connection', 'close');
  }

  /** Stops listening; resolves when the last connection is closed. */
  async close(): Promise<void> {
    await this.#emptyQueue();
    this.#closing = true;
    // It may have been closed before, and then does not wait for its connections.
    const closed = new Promise<void>((resolve) => void this.#server.close(() => resolve()));
    const lastClosed = new Promise<void>((resolve) => void (this.#lastClosed = resolve));
    const now = performance.now();
    for (const [socket, acceptedAt] of this.#accepted)
      if (socket.bytesRead === 0 && now - acceptedAt >= firstRequestMs) socket.destroy();
    const timer = setTimeout(() => this.#closeWithoutRequest(), firstRequestMs);
    await closed;
    if (this.#accepted.size > 0) await lastClosed;
    clearTimeout(timer);
  }

  /**
   * Connections that the system has accepted for this process are lost with the listener. Each turn of the event loop takes
   * one, and reads what has arrived on the others; the first may end without having looked.
   */
  async #emptyQueue(): Promise<void> {
    for (let turns = 0, quietTurns = 0; turns < longestQueue && quietTurns < 2; turns += 1) {
      const before = this.#acceptedCount;
      // oxlint-disable-next-line no-await-in-loop -- one turn after the other
      await new Promise((resolve) => void setImmediate(resolve));
      quietTurns = this.#acceptedCount > before ? 0 : quietTurns + 1;
    }
  }

  #closeWithoutRequest(): void {
    for (const socket of this.#accepted.keys()) if (socket.bytesRead === 0) socket.destroy();
    // An upgraded connection has no request in flight either, and is no half request.
    if (this.#server.listenerCount('upgrade') + this.#server.listenerCount('connect') > 0) return;
    const busy = new Set([...this.#inFlight.values()].map(({ request }) => request.socket));
    for (const socket of this.#speaking) if (!busy.has(socket)) socket.destroy();
  }

  /** Closes whatever is left, and says in words what that was. Half a request is no request. */
  cutOff(): string[] {
    const requests = [...this.#inFlight.values()];
    this.#server.closeAllConnections();
    const others = [...this.#speaking].filter((socket) => !socket.destroyed);
    for (const socket of [...others, ...this.#accepted.keys()]) socket.destroy();
    const left: string[] = [];
    if (requests.length > 0) {
      const oldestMs = performance.now() - Math.min(...requests.map(({ sinceMs }) => sinceMs));
      const sending = requests.filter(({ request }) => !request.complete).length;
      const detail = `the oldest for ${Math.round(oldestMs)} ms, ${sending} with half a body`;
      left.push(`requests in flight: ${requests.length} (${detail})`);
    }
    if (others.length > 0) left.push(`upgraded connections: ${others.length}`);
    return left;
  }
}
