import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import path from 'node:path';

import { Validator } from '@seriousme/openapi-schema-validator';
import formats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { ask, type Question } from './http-client.ts';
import { normalised, type OpenApiDocument } from './openapi-document.ts';
import { healthToken, readFacts, startService, type RunningService } from './running-service.ts';

// UPDATE_OPENAPI=1 writes it anew; read the difference before it is committed.
const golden = path.join(import.meta.dirname, 'openapi.json');
const json = { 'content-type': 'application/json' };
const order = { orderNumber: 'A-1001', sku: 'SKU-1', quantity: 2 };
const body = JSON.stringify(order);
const keyed = { ...json, 'idempotency-key': 'first' };
const timeout = 60_000;

interface Seen {
  readonly status: number;
  readonly type: string | undefined;
  readonly json: unknown;
}

/** Sends a head that never ends, and reads what the service says to it. */
function askHalf(port: number, head: string): Promise<Seen> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(head));
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => {
      const [top = '', content = ''] = text.split('\r\n\r\n');
      const status = Number(/^HTTP\/1.1 (\d+)/.exec(top)?.[1]);
      resolve({ status, type: /^content-type: (.+)$/im.exec(top)?.[1], json: JSON.parse(content) });
    });
  });
}

/** The document that a service serves is the same in every language, and true: each answer is in it, and no other. */
export function openapiContract(directory: string): void {
  let service: RunningService;
  let document: OpenApiDocument;
  beforeAll(async () => {
    service = await startService(directory, {
      HTTP_REQUEST_TIMEOUT: '1s',
      HTTP_HEADERS_TIMEOUT: '1s',
      ORDER_CACHE_TTL: '1s',
    });
    document = (await ask(`${service.address}/openapi.json`)).json as OpenApiDocument;
  });
  afterAll(() => service.stop());

  it('is OpenAPI 3.1', async () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const { valid, errors } = await new Validator().validate({ ...structuredClone(document) });
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    const { status, headers } = await ask(`${service.address}/openapi.json`);
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'application/json' });
    expect(headers['x-request-id']).toMatch(/./);
  });

  it('names the service and its release', () => {
    expect(document.info).toMatchObject({ title: readFacts(directory).name, version: 'v1.2.3' });
  });

  it('says the same as every other service of these orders', () => {
    const { paths, components } = document;
    const written = normalised({ paths, components } as unknown as Parameters<typeof normalised>[0]);
    if (process.env['UPDATE_OPENAPI'] === '1') writeFileSync(golden, `${JSON.stringify(written, null, 2)}\n`);
    expect(written).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
  });

  it('has the routes of service.json, and neither probes nor itself', () => {
    const described = Object.entries(document.paths).flatMap(([route, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${route}`),
    );
    expect(described.sort()).toEqual(routesOf(directory).sort());
  });

  it('lists the answers that are given, and only those', { timeout }, async () => {
    const seen = new Map<string, Seen[]>();
    const note = (operation: string, answer: Seen) => seen.set(operation, [...(seen.get(operation) ?? []), answer]);
    const asked = async (operation: string, target: string, question: Question = {}) => {
      const [method = 'GET'] = operation.split(' ');
      const { status, headers, json: answered } = await ask(`${service.address}${target}`, { method, ...question });
      note(operation, { status, type: headers['content-type'], json: answered });
    };
    const post = (question: Question) => asked('POST /orders', '/orders', { headers: json, ...question });
    await post({ body });
    await post({ body });
    await post({ body, headers: keyed });
    await post({ body: '{' });
    await post({ body, headers: { ...json, 'idempotency-key': 'two words' } });
    await post({ body: JSON.stringify({ ...order, quantity: 3 }) });
    await post({ body: JSON.stringify({ ...order, sku: 'S'.repeat(1_048_576) }) });
    await post({ body, headers: { 'content-type': 'text/plain' } });
    await post({ body: JSON.stringify({ ...order, quantity: 0, other: 1 }) });
    await post({ body: JSON.stringify({ ...order, orderNumber: 'A-1002' }), headers: keyed });
    await asked('GET /orders', '/orders');
    await asked('GET /orders', '/orders?limit=0&after=x');
    await asked('GET /orders/{orderNumber}', '/orders/A-1001');
    await asked('GET /orders/{orderNumber}', '/orders/A-9999');
    const targets = [
      ['POST /orders', '/orders', { headers: json, body: JSON.stringify({ ...order, orderNumber: 'A-1003' }) }],
      ['GET /orders', '/orders', {}],
      ['GET /orders/{orderNumber}', '/orders/A-8888', {}],
    ] as const;
    const everywhere = async (question: Question) => {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      for (const [operation, target, own] of targets)
        await asked(operation, target, { ...own, ...question, headers: { ...json, ...question.headers } });
    };
    await everywhere({ headers: { 'x-large': 'x'.repeat(20_000) } });
    const other = new DatabaseSync(service.databaseFile);
    other.exec('ALTER TABLE orders RENAME TO hidden');
    await everywhere({});
    other.exec('ALTER TABLE hidden RENAME TO orders; BEGIN IMMEDIATE');
    await post({ body: JSON.stringify({ ...order, orderNumber: 'A-1004' }) });
    other.exec('ROLLBACK');
    await Promise.all(
      targets.map(async ([operation, target]) => {
        const [method = ''] = operation.split(' ');
        note(operation, await askHalf(service.port, `${method} ${target} HTTP/1.1\r\nhost: localhost\r\n`));
      }),
    );
    other.close();
    for (const [operation, answers] of seen) {
      expectDescribed(document, operation, answers);
      const [method = '', route = ''] = operation.split(' ');
      const described = Object.keys(document.paths[route]?.[method.toLowerCase()]?.responses ?? {}).map(Number);
      const given = new Set(answers.map(({ status }) => status));
      // Nobody keeps a reader of SQLite waiting.
      if (method === 'GET') given.add(503);
      expect({ operation, never: described.filter((status) => !given.has(status)) }).toEqual({ operation, never: [] });
    }
  });

  it('is not what probes are found in', () => {
    expect(JSON.stringify(document)).not.toMatch(/healthz|livez|readyz|metrics|\/status/);
    expect(JSON.stringify(document)).not.toContain(healthToken);
  });
}

function routesOf(directory: string): string[] {
  const { routes } = readFacts(directory) as unknown as { routes: readonly { method: string; path: string }[] };
  return routes.map(({ method, path: route }) => `${method} ${route}`);
}

/** Holds each answer against the schema of its status and content type. */
function expectDescribed(document: OpenApiDocument, operation: string, answers: readonly Seen[]): void {
  const [method = '', route = ''] = operation.split(' ');
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ ...document, $id: 'document' });
  const at = (...steps: readonly string[]) =>
    steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  for (const { status, type = '', json: answered } of answers) {
    const pointer = at('paths', route, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema');
    const validate = ajv.getSchema(`document#/${pointer}`);
    expect(validate, `${operation} answers ${status} ${type}`).toBeDefined();
    expect(validate?.(answered), `${operation} ${status}: ${JSON.stringify(validate?.errors)}`).toBe(true);
  }
}
