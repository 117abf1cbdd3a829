import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import type { CacheClass, RequestMarks } from './request-marks.ts';

/** The marks of one request, from its beginning to its end. */
export class LiveMarks implements RequestMarks {
  databaseCalls = 0;
  cache: CacheClass = 'none';
  route: string | undefined;
  readonly startedAt: number;
  #request: IncomingMessage | undefined;

  constructor(request: IncomingMessage, startedAt: number) {
    this.#request = request;
    this.startedAt = startedAt;
  }

  belongTo(request: IncomingMessage): boolean {
    return this.#request === request;
  }

  /** A context lives as long as anything that was begun in it; the request need not. */
  letGo(): void {
    this.#request = undefined;
  }
}

/** Knows which request the running code belongs to. */
export class RequestContext {
  readonly #storage = new AsyncLocalStorage<LiveMarks>();

  marks(): LiveMarks | undefined {
    return this.#storage.getStore();
  }

  run<Result>(marks: LiveMarks, work: () => Result): Result {
    return this.#storage.run(marks, work);
  }

  /**
   * For the rest of the running callback. Node restores the context itself after each callback of a server, and does so
   * for nothing: `run` would double the cost of a context.
   */
  enter(marks: LiveMarks): void {
    this.#storage.enterWith(marks);
  }

  /**
   * Node emits the events of a body outside the context of the request; a handler that reads the body from those events
   * would lose its marks.
   */
  keepInBody(marks: LiveMarks, request: IncomingMessage): void {
    const emit = request.emit.bind(request);
    request.emit = (event: string | symbol, ...args: unknown[]): boolean =>
      this.#storage.getStore() === marks ? emit(event, ...args) : this.#storage.run(marks, () => emit(event, ...args));
  }
}

/** Reading the headers makes Node build them, so a method that carries no body is enough to know. */
export function hasBody(request: IncomingMessage): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const { headers } = request;
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}
