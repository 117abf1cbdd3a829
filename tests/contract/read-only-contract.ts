import { describe, expect, it } from 'vitest';

import { schemaProblems } from './health-schema.ts';
import { ask } from './http-client.ts';

interface RunningTarget {
  /** Where it answers, such as `http://127.0.0.1:8080`. */
  readonly address: string;
  /** Its HEALTH_TOKEN; without it what needs one is skipped. */
  readonly token: string | undefined;
}

/** What can be asked of a service that somebody else runs: nothing is written, nothing is stopped. */
export function readOnlyContract({ address, token }: RunningTarget): void {
  const get = (path: string, headers: Record<string, string> = {}) => ask(`${address}${path}`, { headers });
  const withToken = { authorization: `Bearer ${token ?? ''}` };
  const withPassword = { authorization: `Basic ${Buffer.from(`on-call:${token ?? ''}`).toString('base64')}` };

  describe('probes', () => {
    it.each(['/livez', '/readyz', '/startupz', '/livez?verbose=1'])('answers %s', async (path) => {
      const answer = await get(path);
      expect(answer).toMatchObject({ status: 200, json: { status: 'pass' } });
      expect(answer.headers).toMatchObject({ 'content-type': 'application/health+json', 'cache-control': 'no-store' });
      expect((await ask(`${address}${path}`, { method: 'HEAD' })).status).toBe(200);
    });

    it.each(['/livez', '/readyz', '/healthz', '/metrics', '/status'])('answers 405 to POST %s', async (path) => {
      const answer = await ask(`${address}${path}`, { method: 'POST', headers: token === undefined ? {} : withToken });
      expect(answer.status).toBe(405);
      expect(answer.headers).toMatchObject({ allow: 'GET, HEAD', 'cache-control': 'no-store' });
    });
  });

  describe('the health document', () => {
    it('keeps to the schema, and shows strangers no dependency', async () => {
      const { status, json } = await get('/healthz');
      expect(status).toBe(200);
      expect(schemaProblems(json)).toEqual([]);
      expect(json).not.toHaveProperty('checks');
    });

    it.runIf(token !== undefined)('shows the checks to the token, and keeps to the schema', async () => {
      const { json } = await get('/healthz', withToken);
      expect(json).toHaveProperty('checks');
      expect(schemaProblems(json)).toEqual([]);
    });
  });

  describe.each(['/metrics', '/status'])('%s', (path) => {
    it('is shown to nobody without the token', async () => {
      const wrong = { authorization: 'Bearer no-such-token-anywhere' };
      for (const answer of [await get(path), await get(path, wrong)]) {
        expect(answer.status).toBe(401);
        expect(answer.headers['www-authenticate']).toMatch(/^Basic realm=/);
      }
    });

    it.runIf(token !== undefined)('is shown to the token, also as a password', async () => {
      for (const headers of [withToken, withPassword]) {
        const answer = await get(path, headers);
        expect(answer.status).toBe(200);
        expect(answer.headers['cache-control']).toBe('no-store');
        expect(answer.text).toMatch(path === '/metrics' ? /^# (HELP|TYPE) / : /^<!doctype html>/i);
      }
    });
  });

  describe('every other answer', () => {
    it('names the request and the release', async () => {
      const { headers } = await get('/no-such-path', { 'x-request-id': 'contract-1' });
      expect(headers['x-request-id']).toBe('contract-1');
      expect(headers['x-release']).toMatch(/./);
    });

    it('is a problem that says what failed, what was expected and whether to repeat it', async () => {
      const { status, headers, json } = await get('/no-such-path');
      expect(status).toBe(404);
      expect(headers['content-type']).toBe('application/problem+json');
      expect(json).toMatchObject({
        status: 404,
        code: 'not_found',
        retryable: false,
        expected: expect.any(String) as string,
        requestId: headers['x-request-id'],
      });
    });
  });
}
