import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { CacheClass, RequestMarks } from './request-marks.ts';

export interface MutableMarks extends RequestMarks {
  databaseCalls: number;
  cache: CacheClass;
}

interface Context {
  readonly request: IncomingMessage;
  readonly marks: MutableMarks;
}

/** Knows which request the running code belongs to. */
export class RequestContext {
  readonly #storage = new AsyncLocalStorage<Context>();

  marks(): MutableMarks | undefined {
    return this.#storage.getStore()?.marks;
  }

  /** True when an outer wrap measures this request already. */
  holds(request: IncomingMessage): boolean {
    return this.#storage.getStore()?.request === request;
  }

  run(marks: MutableMarks, handler: RequestListener, request: IncomingMessage, response: ServerResponse): void {
    const context = { request, marks };
    if (hasBody(request)) this.#keep(context, request);
    this.#keep(context, response);
    this.#storage.run(context, () => handler(request, response));
  }

  /**
   * Node emits the events of a body, and the close of a hung-up client, outside the context of the request; a framework
   * that reads the body from those events would lose its marks.
   */
  #keep(context: Context, emitter: EventEmitter): void {
    const emit = emitter.emit.bind(emitter);
    emitter.emit = (event: string | symbol, ...args: unknown[]): boolean =>
      this.#storage.getStore() === context
        ? emit(event, ...args)
        : this.#storage.run(context, () => emit(event, ...args));
  }
}

/** Most requests have none, and are spared the cost. */
const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
