import { pino } from 'pino';
import { expect, it } from 'vitest';

import { loadShipped } from '../testing/shipped-groups.ts';

import { toPino } from './to-pino.ts';

type Fields = Record<string, unknown>;

/** What the log holds after something was written with these settings. */
function logged(write: (log: ReturnType<typeof pino>) => void, env: Readonly<Record<string, string>> = {}): Fields[] {
  const lines: string[] = [];
  const options = { ...toPino(loadShipped(env).logging), base: null, timestamp: false };
  write(pino(options, { write: (line) => void lines.push(line) }));
  return lines.map((line) => {
    const { level: _level, ...fields } = JSON.parse(line) as Fields;
    return fields;
  });
}

it('leaves out hidden keys at every depth, in lists, in errors, in child loggers and in what a message quotes', () => {
  const lines = logged((log) => {
    log.info({ password: 'p1', user: { name: 'ada', password: 'p2', groups: [{ token: 't1', id: 1 }] } });
    log.child({ token: 't2', call: { cookie: 'c1', id: 2 } }).info('called');
    log.info('got %j', { secret: 's1', id: 3 });
    log.error(Object.assign(new Error('failed'), { config: { headers: { Authorization: 'a1', accept: '*' } } }));
  });
  expect(JSON.stringify(lines)).not.toMatch(/[pstca][12]"/);
  expect(lines).toMatchObject([
    { user: { name: 'ada', groups: [{ id: 1 }] } },
    { call: { id: 2 }, msg: 'called' },
    { msg: 'got {"id":3}' },
    { err: { message: 'failed', config: { headers: { accept: '*' } } } },
  ]);
});

it('knows the usual spellings of a key', () => {
  const spellings = { 'x-api-key': 1, 'X-Api-Key': 1, 'X-API-KEY': 1, xApiKey: 1, apiKey: 1, API_KEY: 1, apikey: 1 };
  expect(logged((log) => log.info({ ...spellings, id: 1, nested: { ...spellings, id: 2 } }))).toEqual([
    { id: 1, nested: { id: 2 } },
  ]);
});

it('compares no letter by its case, on the line itself as little as below', () => {
  const odd = { PassWord: 1, SetCookie: 1, 'x-API-key': 1 };
  const lines = logged((log) => {
    log.info({ ...odd, id: 1, nested: { ...odd, id: 2 } });
    log.child({ ...odd, id: 3 }).info({ PASSword: 1 }, 'called');
    log.info('got %j', { ...odd, id: 4 });
  });
  expect(lines).toEqual([{ id: 1, nested: { id: 2 } }, { id: 3, msg: 'called' }, { msg: 'got {"id":4}' }]);
});

it('leaves a text alone that only looks like a hidden key', () => {
  const texts = { quoted: '{"PassWord":1}', ends: 'the token', list: ['password'], msg: '"token":' };
  expect(logged((log) => log.info(texts))).toEqual([texts]);
});

it('keeps the end of a line, and rather loses a line than show what it hides', () => {
  const { hooks } = toPino(loadShipped().logging);
  expect(hooks.streamWrite('{"id":1,"PassWord":2}\r\n')).toBe('{"id":1}\r\n');
  expect(hooks.streamWrite('{"time":now,"PassWord":2}\n')).toBe('{"msg":"[not readable]"}\n');
});

it('leaves out the keys of the settings, and only those', () => {
  const lines = logged((log) => log.info({ iban: 'DE1', password: 'p' }), { LOG_REDACT_KEYS: 'iban' });
  expect(lines).toEqual([{ password: 'p' }]);
});

it('cuts what is nested too deep or has too many entries', () => {
  const value = { a: { b: { c: [1, 2, 3, 4] } }, list: [1, 2, 3, 4], wide: { k1: 1, k2: 2, k3: 3, k4: 4 } };
  expect(logged((log) => log.info({ value }), { LOG_DEPTH_LIMIT: '2', LOG_EDGE_LIMIT: '3' })).toEqual([
    {
      value: {
        a: { b: '[Object]' },
        list: [1, 2, 3, '1 more, cut by LOG_EDGE_LIMIT'],
        wide: { k1: 1, k2: 2, k3: 3, '...': '1 more, cut by LOG_EDGE_LIMIT' },
      },
    },
  ]);
});

it('writes a line for everything, and changes nothing of the caller', () => {
  const circular: Fields = { id: 1, token: 't' };
  circular['self'] = circular;
  const broken = Object.defineProperty({}, 'value', {
    enumerable: true,
    get() {
      throw new Error('not now');
    },
  });
  const lines = logged((log) => log.info({ circular, broken, at: new Date(0), none: null, left: undefined, ok: true }));
  expect(lines).toEqual([
    {
      circular: { id: 1, self: '[Circular]' },
      broken: '[not readable]',
      at: '1970-01-01T00:00:00.000Z',
      none: null,
      ok: true,
    },
  ]);
  expect(circular['token']).toBe('t');
});
