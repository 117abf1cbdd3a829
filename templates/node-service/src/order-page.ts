import type { FieldError, Order } from './order.ts';
import { problems } from './problem.ts';

/** Which orders a list shows: as many as that, older than the one with that id. */
export interface PageQuery {
  readonly limit: number;
  readonly after: number | undefined;
}

export interface OrderPage {
  readonly orders: readonly Order[];
  /** What `after` takes for the next page; null on the last one. */
  readonly next: string | null;
}

const defaultLimit = 20;
const largestLimit = 100;

/** Hides the id, so that no client counts on what it is. */
export function toCursor(id: number | string): string {
  return Buffer.from(String(id)).toString('base64url');
}

function readCursor(written: unknown): number | undefined {
  if (typeof written !== 'string') return undefined;
  const id = Buffer.from(written, 'base64url').toString('latin1');
  const isId = /^[1-9][0-9]{0,15}$/.test(id) && Number.isSafeInteger(Number(id));
  return isId && toCursor(id) === written ? Number(id) : undefined;
}

function readLimit(written: unknown): number | undefined {
  if (written === undefined) return defaultLimit;
  const limit = typeof written === 'string' && /^[0-9]{1,3}$/.test(written) ? Number(written) : 0;
  return limit >= 1 && limit <= largestLimit ? limit : undefined;
}

/** @throws {Problem} `invalid_query`, with every parameter at fault. */
export function parsePageQuery(query: unknown): PageQuery {
  const written = query as { limit?: unknown; after?: unknown };
  const limit = readLimit(written.limit);
  const after = readCursor(written.after);
  const errors: FieldError[] = [];
  if (limit === undefined) errors.push({ pointer: '/limit', detail: 'expected a whole number from 1 to 100' });
  if (after === undefined && written.after !== undefined)
    errors.push({ pointer: '/after', detail: 'expected the `next` of an earlier answer' });
  if (limit === undefined || errors.length > 0) throw problems.invalidQuery(errors);
  return { limit, after };
}

/** The header that names the next page (RFC 8288); nothing on the last one. */
export function linkToNext({ next }: OrderPage, { limit }: PageQuery): string | undefined {
  return next === null ? undefined : `</orders?limit=${limit}&after=${next}>; rel="next"`;
}
