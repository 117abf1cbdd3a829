import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { AnswerStore } from '../../src/idempotency/answer-store.ts';
import { parseIdempotencyKey } from '../../src/idempotency/idempotency-key.ts';

import { startApp } from './running-app.ts';

const order = { orderNumber: 'A-1001', sku: 'SKU-1', quantity: 2 };
const longest = 'x'.repeat(255);

describe('the header', () => {
  it.each([
    ['abc', 'abc'],
    ['"abc"', 'abc'],
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    [String.raw`"a\"b\\c"`, String.raw`a"b\c`],
    [longest, longest],
    [`"${longest}"`, longest],
  ])('%.20s is a key', (header, key) => {
    expect(parseIdempotencyKey(header)).toBe(key);
  });

  it.each([
    '',
    '""',
    'a b',
    '"a b"',
    'a, b',
    '"a',
    'a"',
    '"a";p=1',
    String.raw`"\a"`,
    'ä',
    `${longest}x`,
    `"${longest}x"`,
  ])('%.20j is none', (header) => {
    expect(() => parseIdempotencyKey(header)).toThrow('The Idempotency-Key header is not valid.');
  });

  it('may be left out', () => {
    expect(parseIdempotencyKey(undefined)).toBeUndefined();
  });
});

describe('the same key', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeEach(async () => {
    app = await startApp();
    // The first key of a process prunes.
    await post({ ...order, orderNumber: 'A-0001' }, 'k-0');
  });
  afterEach(() => app.stop());

  const post = async (body: object | string, key = 'k-1') => {
    const answer = await fetch(`${app.address}/orders`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
    });
    const header = (name: string) => answer.headers.get(name);
    return {
      status: answer.status,
      text: await answer.text(),
      type: header('content-type'),
      location: header('location'),
      replayed: header('idempotency-replayed'),
      calls: header('server-timing'),
    };
  };
  const kept = () => app.database.selectFrom('idempotency_keys').select('key').orderBy('key').execute();

  it('with the same body gets the first answer again', async () => {
    const first = await post(order);
    expect(first).toMatchObject({ status: 201, location: '/orders/A-1001', replayed: null, calls: 'db;desc=5' });
    const again = await post('{ "quantity": 2.0, "sku": "SKU-1", "orderNumber": "A-1001" }', '"k-1"');
    expect(again).toEqual({ ...first, replayed: 'true', calls: 'db;desc=1' });
  });

  it('with another body is refused', async () => {
    await post(order);
    const refused = await post({ ...order, quantity: 3 });
    expect(refused).toMatchObject({ status: 422, replayed: null, calls: 'db;desc=1' });
    expect(refused.text).toContain('"code":"idempotency_key_reused"');
  });

  it('keeps a conflict with its own words', async () => {
    await post(order, 'first');
    const conflict = await post({ ...order, quantity: 3 });
    expect(conflict).toMatchObject({ status: 409, type: 'application/problem+json', calls: 'db;desc=6' });
    expect(await post({ ...order, quantity: 3 })).toEqual({ ...conflict, replayed: 'true', calls: 'db;desc=1' });
  });

  it('does not keep what is wrong with the request', async () => {
    expect((await post({ ...order, quantity: 0 })).status).toBe(422);
    expect(await post(order)).toMatchObject({ status: 201, replayed: null });
  });

  it('does not keep a failure, and nothing of it is stored', async () => {
    await app.database.schema.alterTable('idempotency_keys').renameTo('aside').execute();
    expect((await post(order)).status).toBe(500);
    await app.database.schema.alterTable('aside').renameTo('idempotency_keys').execute();
    expect(await post(order)).toMatchObject({ status: 201, replayed: null });
  });

  it('many times at once stores one order and gives one answer', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(order)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers.filter(({ replayed }) => replayed === null)).toHaveLength(1);
  });

  it('is new again when its time is over', async () => {
    expect((await post(order)).status).toBe(201);
    await app.database
      .updateTable('idempotency_keys')
      .set({ created_at_ms: Date.now() - 86_400_001 })
      .execute();
    expect(await post({ ...order, quantity: 3 })).toMatchObject({ status: 409, replayed: null });
  });

  it('is checked before the fields, and after the body could be read', async () => {
    expect((await post('{', 'a b')).text).toContain('"code":"malformed_json"');
    const refused = await post({}, 'a b');
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('"code":"invalid_idempotency_key"');
  });

  it('goes with at most a thousand others at a time, when the first key of a process comes and each hundredth', async () => {
    const answers = new AnswerStore(app.settings.service);
    await app.database.deleteFrom('idempotency_keys').execute();
    const old = { request_sha256: '', status: 200, body: '', location: null, created_at_ms: 0 };
    await app.database
      .insertInto('idempotency_keys')
      .values(Array.from({ length: 1_500 }, (_, index) => ({ ...old, key: `old-${index}` })))
      .execute();
    const sizes: number[] = [];
    for (let count = 1; count <= 101; count += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await answers.pruneNowAndThen(app.database);
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      if ([1, 100, 101].includes(count)) sizes.push((await kept()).length);
    }
    expect(sizes).toEqual([500, 500, 0]);
  });

  it('stands in no log line', async () => {
    await post(order, 'a-key-to-be-kept-quiet');
    await expect.poll(() => app.lines).not.toEqual([]);
    expect(JSON.stringify(app.lines)).not.toContain('a-key-to-be-kept-quiet');
  });
});
