import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/**
 * Says whether an `Authorization` header carries the token: as Bearer, or as the password of HTTP Basic, which is how a
 * browser sends it; the user name is not read.
 *
 * Digests have one length, so the time tells nothing; nor does it tell that no token is configured.
 */
export function carriesToken(token: string | undefined): (authorization: string | undefined) => boolean {
  const expected = token === undefined ? randomBytes(32) : sha256(Buffer.from(token, 'utf8'));
  return (authorization) => {
    const given = readCredentials(authorization ?? '');
    return given !== undefined && timingSafeEqual(sha256(given), expected);
  };
}

function readCredentials(authorization: string): Buffer | undefined {
  const [, scheme, credentials] = /^(bearer|basic) +(\S.*)$/i.exec(authorization) ?? [];
  if (scheme === undefined || credentials === undefined) return undefined;
  // Node reads header bytes as latin1; going back to bytes lets a token of any characters match.
  if (scheme.toLowerCase() === 'bearer') return Buffer.from(credentials, 'latin1');
  const pair = Buffer.from(credentials, 'base64');
  // A user name holds no colon, a password may.
  const colon = pair.indexOf(':');
  return colon === -1 ? undefined : pair.subarray(colon + 1);
}
