import type { RequestMarks } from '@seaworthy/healthcheck';
import type { LogEvent } from 'kysely';

import type { Log } from './log.ts';

/** What came of asking the cache; `failed` where it did not answer, `bypassed` where it was not asked. */
export type CacheOutcome = 'hit' | 'miss' | 'failed' | 'bypassed';

/** What requests do, line by line, for an hour of LOG_LEVEL=debug: names and times, and never what a client sent. */
export class RequestDetails {
  readonly #log: Log;
  readonly #current: () => RequestMarks | undefined;
  readonly #requestIds = new WeakMap<RequestMarks, string>();

  private constructor(log: Log, current: () => RequestMarks | undefined) {
    this.#log = log;
    this.#current = current;
  }

  /** Nothing at any other level: then nobody measures or names anything for it. */
  static of(log: Log, current: () => RequestMarks | undefined): RequestDetails | undefined {
    return log.isLevelEnabled('debug') ? new RequestDetails(log, current) : undefined;
  }

  /** Says which request makes the calls that are counted by these marks. */
  begin(marks: RequestMarks, requestId: string): void {
    this.#requestIds.set(marks, requestId);
  }

  /** Checks in the background belong to no request, and are not told. */
  databaseCall({ query, queryDurationMillis, level }: LogEvent): void {
    const marks = this.#current();
    const requestId = marks && this.#requestIds.get(marks);
    if (requestId === undefined) return;
    const durationMs = rounded(queryDurationMillis);
    const fields = { requestId, statement: statementName(query.sql), durationMs, failed: level === 'error' };
    this.#log.debug(fields, 'database call');
  }

  cacheRead(requestId: string, outcome: CacheOutcome, startedAt: number): void {
    this.#log.debug({ requestId, outcome, durationMs: rounded(performance.now() - startedAt) }, 'cache read');
  }
}

function rounded(durationMs: number): number {
  return Math.round(durationMs * 100) / 100;
}

/** `select orders` of any statement that reads orders: what it does, and the first table that it names. */
export function statementName(sql: string): string {
  const [verb = ''] = /\w+/.exec(sql) ?? [];
  const [, table] = /\b(?:from|into|update)\s+"?(\w+)/i.exec(sql) ?? [];
  return `${verb}${table === undefined ? '' : ` ${table}`}`.toLowerCase();
}
