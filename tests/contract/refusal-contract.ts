import { DatabaseSync } from 'node:sqlite';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { ask, askInPieces, type Answer, type Question } from './http-client.ts';
import { objectError, orderNumberError, problems, quantityError, skuError } from './problems.ts';
import { startService, type RunningService } from './running-service.ts';

const json = { 'content-type': 'application/json' };
const valid = { orderNumber: 'A-1001', sku: 'SKU-1', quantity: 2 };
const marker = 'never-repeat-this-input';

function expectProblem(answer: Answer, expected: object, errors?: readonly object[]): void {
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  const requestId = answer.headers['x-request-id'];
  expect(answer.json).toEqual({
    type: 'about:blank',
    requestId,
    ...expected,
    ...(errors === undefined ? {} : { errors }),
  });
  expect(answer.status).toBe((expected as { status: number }).status);
  expect(answer.headers['server-timing']).toMatch(/^db;desc=\d+$/);
  expect(answer.text).not.toContain(marker);
}

export function refusalContract(directory: string): void {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService(directory);
  });
  afterAll(() => service.stop());
  const post = (question: Question) => ask(`${service.address}/orders`, { method: 'POST', headers: json, ...question });

  it.each([
    ['an open brace', '{'],
    ['nothing', ''],
    ['NaN', '{"orderNumber":"A-1001","sku":"S","quantity":NaN}'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['a hundred thousand open brackets', '['.repeat(100_000)],
    ['text behind the object', `${JSON.stringify(valid)} x`],
  ])('answers 400 to %s', async (_what, body) => {
    expectProblem(await post({ body }), problems.malformedJson);
  });

  it.each([
    ['a list', [], [objectError]],
    ['null', null, [objectError]],
    ['text', marker, [objectError]],
    ['no fields', {}, [orderNumberError, skuError, quantityError]],
    ['a number for a text', { ...valid, orderNumber: 1 }, [orderNumberError]],
    ['lower case', { ...valid, sku: marker }, [skuError]],
    ['a short number', { ...valid, orderNumber: 'A1' }, [orderNumberError]],
    ['a line break at the end', { ...valid, orderNumber: 'A-1001\n' }, [orderNumberError]],
    ['other digits', { ...valid, orderNumber: 'A-１００１' }, [orderNumberError]],
    ['half a surrogate pair', { ...valid, sku: '\ud800' }, [skuError]],
    ['a number as text', { ...valid, quantity: '2' }, [quantityError]],
    ['true', { ...valid, quantity: true }, [quantityError]],
    ['none', { ...valid, quantity: 0 }, [quantityError]],
    ['too many', { ...valid, quantity: 10_001 }, [quantityError]],
    ['a fraction', { ...valid, quantity: 1.5 }, [quantityError]],
    ['an unknown field', { ...valid, 'no/te~': marker }, [{ pointer: '/no~1te~0', detail: 'expected no such field' }]],
  ])('answers 422 to %s', async (_what, body, errors) => {
    expectProblem(await post({ body: JSON.stringify(body) }), problems.invalidOrder, errors);
  });

  it('names a hundred fields at the most, and cuts their names at 40 characters', async () => {
    const fields = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`${'~'.repeat(60)}${index}`, 1]));
    const { json: problem } = await post({ body: JSON.stringify({ ...valid, ...fields }) });
    const { errors } = problem as { errors: { pointer: string }[] };
    expect(errors).toHaveLength(100);
    expect(errors[0]?.pointer).toBe(`/${'~0'.repeat(40)}`);
  });

  it('answers 415 to a body that is not declared as JSON', async () => {
    expectProblem(
      await post({ headers: { 'content-type': 'text/plain' }, body: JSON.stringify(valid) }),
      problems.unsupportedMediaType,
    );
    expectProblem(await post({ headers: {}, body: JSON.stringify(valid) }), problems.unsupportedMediaType);
  });

  it.each([true, false])('answers 413 to a body that is too large (chunked: %s)', async (chunked) => {
    const body = JSON.stringify({ ...valid, sku: 'S'.repeat(1_048_576) });
    expectProblem(await post({ body, chunked }), problems.bodyTooLarge);
  });

  it('answers 431 to headers that are too large', async () => {
    expectProblem(await post({ headers: { ...json, 'x-large': 'x'.repeat(20_000) } }), problems.headersTooLarge);
  });

  it('answers 400 to what is no HTTP', async () => {
    const text = await askInPieces(service.port, 'GET /orders HTTP/1.1\r\nno header\r\n\r\n', async () => {}, '');
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    expect(head).toMatch(/^content-type: application\/problem\+json$/im);
    expect(JSON.parse(body)).toMatchObject(problems.malformedRequest);
  });

  it.each(['0', '101', 'ten', '', '1e1', '-1', '0020'])('answers 422 to limit=%s', async (limit) => {
    const errors = [{ pointer: '/limit', detail: 'expected a whole number from 1 to 100' }];
    expectProblem(await ask(`${service.address}/orders?limit=${limit}`), problems.invalidQuery, errors);
  });

  it.each(['/orders/A-9999', '/orders/never', '/orders/%00', '/orders/A-1001/x', '/', `/${marker}`])(
    'answers 404 to %s',
    async (path) => {
      expectProblem(await ask(`${service.address}${path}`), problems.notFound);
    },
  );

  it.each([
    ['DELETE', '/orders', ['GET', 'POST']],
    ['POST', '/orders/A-1001', ['GET']],
  ])('answers 405 to %s %s', async (method, path, allowed) => {
    const answer = await ask(`${service.address}${path}`, { method });
    expectProblem(answer, problems.methodNotAllowed);
    expect(answer.headers['allow']?.split(/, */)).toEqual(expect.arrayContaining(allowed));
  });

  it('answers 500 to what it cannot know, with the request id, and logs the cause', async () => {
    const other = new DatabaseSync(service.databaseFile);
    other.exec('ALTER TABLE orders RENAME TO hidden');
    const answer = await post({ headers: { ...json, 'x-request-id': 'broken-1' }, body: JSON.stringify(valid) });
    other.exec('ALTER TABLE hidden RENAME TO orders');
    other.close();
    expectProblem(answer, problems.internal);
    expect(answer.headers).toMatchObject({ 'x-request-id': 'broken-1', 'x-release': 'v1.2.3' });
    await expect
      .poll(() => service.lines.filter((line) => line['requestId'] === 'broken-1'))
      .toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            level: 'error',
            message: 'request failed',
            error: expect.objectContaining({ message: expect.stringContaining('orders') as string }) as object,
          }),
          expect.objectContaining({ level: 'error', message: 'request', status: 500, route: '/orders' }),
        ]),
      );
  });

  it('keeps what a client typed out of its log', () => {
    expect(JSON.stringify(service.lines)).not.toContain(marker);
  });
}
