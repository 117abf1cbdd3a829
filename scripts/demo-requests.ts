/** What the service counts; `databaseCalls` is the sum over all requests. */
export interface Counts {
  readonly requests: number;
  readonly errors: number;
  readonly hits: number;
  readonly misses: number;
  readonly databaseCalls: number;
}

interface Step {
  readonly what: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  readonly status: number;
  readonly databaseCalls: number;
  readonly cache?: 'hit' | 'miss';
}

const order = JSON.stringify({ orderNumber: 'A-1001', sku: 'SKU-1', quantity: 2 });
const wrong = JSON.stringify({ orderNumber: 'A-1002', sku: 'SKU-1', quantity: 'two' });

/** The requests of the demo, and what each must cost. */
export const steps: readonly Step[] = [
  { what: 'a valid order', method: 'POST', path: '/orders', body: order, status: 201, databaseCalls: 1 },
  { what: 'the same again', method: 'POST', path: '/orders', body: order, status: 200, databaseCalls: 2 },
  { what: 'a wrong one', method: 'POST', path: '/orders', body: wrong, status: 422, databaseCalls: 0 },
  { what: 'a first read', method: 'GET', path: '/orders/A-1001', status: 200, databaseCalls: 1, cache: 'miss' },
  { what: 'a cached read', method: 'GET', path: '/orders/A-1001', status: 200, databaseCalls: 0, cache: 'hit' },
];

/** The list after the import: it must name what the file held. */
export const listStep: Step = {
  what: 'the list',
  method: 'GET',
  path: '/orders?limit=5',
  status: 200,
  databaseCalls: 1,
};

/** Sends one request, shows its answer, and complains when the status is not the expected one. */
export async function sendShown(address: string, step: Step): Promise<void> {
  const headers = step.body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(address + step.path, {
    method: step.method,
    headers,
    ...(step.body === undefined ? {} : { body: step.body }),
  });
  const text = await response.text();
  const marks = ['server-timing', 'cache-status'].flatMap((name) => response.headers.get(name) ?? []).join(' · ');
  process.stdout.write(`\n${step.what}: ${step.method} ${step.path}\n  ${response.status} · ${marks}\n  ${text}\n`);
  if (response.status !== step.status) throw new Error(`${step.what}: expected ${step.status}, got ${response.status}`);
}

/** What the service must have counted after these requests. */
export function countsOfSteps(sent: readonly Step[]): Counts {
  const count = (holds: (step: Step) => boolean) => sent.filter(holds).length;
  return {
    requests: sent.length,
    errors: count(({ status }) => status >= 500),
    hits: count(({ cache }) => cache === 'hit'),
    misses: count(({ cache }) => cache === 'miss'),
    databaseCalls: sent.reduce((sum, { databaseCalls }) => sum + databaseCalls, 0),
  };
}

interface Item {
  readonly observedValue: unknown;
  readonly [field: string]: unknown;
}

/** Reads the four numbers and shows them; returns the counts behind them. */
export async function readCountsShown(address: string, token: string): Promise<Counts> {
  const response = await fetch(`${address}/healthz`, { headers: { authorization: `Bearer ${token}` } });
  const { answers, checks } = (await response.json()) as { answers: object; checks: Record<string, [Item]> };
  const names = ['http:responseTime', 'http:errorRate', 'cache:hitRatio', 'db:callsPerRequest'];
  const item = (name: string): Item => checks[name]?.[0] ?? { observedValue: undefined };
  const shown = names.map((name) => `  ${name.padEnd(20)}${JSON.stringify(item(name).observedValue)}`);
  process.stdout.write(`\nhealth: ${JSON.stringify(answers)}\n${shown.join('\n')}\n`);
  return {
    requests: Number(item('http:errorRate')['requests']),
    errors: Number(item('http:errorRate')['errors']),
    hits: Number(item('cache:hitRatio')['hits']),
    misses: Number(item('cache:hitRatio')['misses']),
    databaseCalls: Number(item('db:callsPerRequest')['calls']),
  };
}
