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
   * For the rest of the running callback, and what it starts. Node restores the context after each callback of a server by
   * itself and for nothing, where `run` would double the cost; before Node 24 the next request of the connection does.
   */
  enter(marks: LiveMarks): void {
    this.#storage.enterWith(marks);
  }

  /**
   * Node emits the events of a body outside the context of the request; a handler or a framework that reads the body from
   * those events would lose its marks.
   */
  keepInBody(marks: LiveMarks, request: IncomingMessage): void {
    const emit = request.emit.bind(request);
    const storage = this.#storage;
    request.emit = (...args: Parameters<typeof emit>): boolean => {
      const found = storage.getStore();
      // Where the code of another request emits for this one, it has its own context back afterwards.
      if (found !== undefined && found !== marks) return storage.run(marks, () => emit(...args));
      if (found === undefined) storage.enterWith(marks);
      return emit(...args);
    };
  }
}

/** Reading the headers makes Node build them, so a method that carries no body is enough to know. */
export function hasBody(request: IncomingMessage): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const { headers } = request;
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}
