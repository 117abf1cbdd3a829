import { problems } from '../problem.ts';

const visible = /^[\x21-\x7e]{1,255}$/;
// A string of RFC 9651: " and \ stand behind a \.
const quoted = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

/**
 * The key that a client gave its request, with or without quotes; nothing where it gave none. A header that is sent twice
 * arrives with a space in it, which no key has.
 *
 * @throws {Problem} `invalid_idempotency_key`
 */
export function parseIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const written = String(header);
  const key = written.includes('"') ? quoted.exec(written)?.[1]?.replaceAll(/\\(.)/g, '$1') : written;
  if (key === undefined || !visible.test(key)) throw problems.invalidIdempotencyKey();
  return key;
}
