import { createHash, timingSafeEqual } from 'node:crypto';

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/**
 * Whether an Authorization header carries the token: as Bearer, or as the password of HTTP Basic with any user name.
 *
 * Digests have one length, so the time tells nothing.
 */
export function carriesToken(authorization: string | undefined, token: string): boolean {
  const [, scheme = '', credentials = ''] = /^(bearer|basic) +(\S.*)$/i.exec(authorization ?? '') ?? [];
  if (scheme === '') return false;
  const given = scheme.toLowerCase() === 'bearer' ? Buffer.from(credentials, 'latin1') : passwordIn(credentials);
  return given !== undefined && timingSafeEqual(sha256(given), sha256(Buffer.from(token)));
}

function passwordIn(credentials: string): Buffer | undefined {
  const pair = Buffer.from(credentials, 'base64');
  // A user name holds no colon, a password may.
  const colon = pair.indexOf(':');
  return colon === -1 ? undefined : pair.subarray(colon + 1);
}
