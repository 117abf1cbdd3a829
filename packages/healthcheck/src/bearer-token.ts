import { createHash, timingSafeEqual } from 'node:crypto';

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** Says whether an `Authorization` header carries the token. Digests have one length, so the time tells nothing. */
export function bearerToken(token: string | undefined): (authorization: string | undefined) => boolean {
  if (token === undefined) return () => false;
  const expected = sha256(Buffer.from(token, 'utf8'));
  return (authorization) => {
    const credentials = /^bearer +(.+)$/i.exec(authorization ?? '')?.[1];
    // Node reads header bytes as latin1; going back to bytes lets a token of any characters match.
    return credentials !== undefined && timingSafeEqual(sha256(Buffer.from(credentials, 'latin1')), expected);
  };
}
