import { type } from 'arktype';
import * as v from 'valibot';
import { describe, expect, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import * as mini from 'zod/mini';

import { defineDefaults, loadSettings, schema, SettingsError, type StandardSchema } from '../index.ts';

const texts = { owner: 'team-a', reason: 'a reason', expect: 'a result', rollback: 'unset it' };
const options = { env: 'REGIONS', default: 'eu-1,eu-2', expected: 'two names joined by a comma', ...texts };
const two = (list: string) => list.split(',');

/** One schema in four libraries: a list of two names, each of which begins with eu-. */
const schemas = {
  zod: z
    .string()
    .transform(two)
    .pipe(z.tuple([z.string().startsWith('eu-'), z.string().startsWith('eu-')])),
  'zod/mini': mini.pipe(
    mini.pipe(mini.string(), mini.transform(two)),
    mini.tuple([mini.string().check(mini.startsWith('eu-')), mini.string().check(mini.startsWith('eu-'))]),
  ),
  valibot: v.pipe(
    v.string(),
    v.transform(two),
    v.tuple([v.pipe(v.string(), v.startsWith('eu-')), v.pipe(v.string(), v.startsWith('eu-'))]),
  ),
  arktype: type('string').pipe(two, type(['/^eu-/', '/^eu-/'])),
} satisfies Record<string, StandardSchema>;

function load(x: StandardSchema, raw: string) {
  const group = defineDefaults('app', '', { regions: schema(x, options) });
  return loadSettings({ app: group }, { env: { DEPLOY_ENVIRONMENT: 'test', REGIONS: raw }, owner: 'team-a' });
}

function problemOf(x: StandardSchema, raw: string) {
  try {
    load(x, raw);
  } catch (error) {
    if (error instanceof SettingsError) return { problem: error.problems[0], message: error.message };
    throw error;
  }
  throw new Error(`${raw} was accepted`);
}

describe.each(Object.entries<StandardSchema>(schemas))('a schema of %s', (_library, x) => {
  it('gives what it returns, frozen', () => {
    const { regions } = load(x, 'eu-3,eu-4').settings.app;
    expect(regions).toEqual(['eu-3', 'eu-4']);
    expect(Object.isFrozen(regions)).toBe(true);
  });

  it('is quoted by the places of its issues, never by its messages', () => {
    const { problem, message } = problemOf(x, 'eu-3,us-sentinel');
    expect(problem).toMatchObject({
      code: 'CFG_INVALID',
      name: 'REGIONS',
      expected: 'two names joined by a comma',
      why: 'its schema refuses it at 1',
    });
    // Once, as what was got: nothing of the schema's own text is printed.
    expect(message.split('us-sentinel')).toHaveLength(2);
  });

  it('refuses its own wrong default when it is declared', () => {
    expect(() => defineDefaults('app', '', { regions: schema(x, { ...options, default: 'us-1' }) })).toThrow(
      'app.regions: its own default (development, test, staging, production) is refused',
    );
  });
});

describe('a schema that is asynchronous', () => {
  const slow = (list: string) => Promise.resolve(list !== '');
  const asynchronous: Record<string, StandardSchema> = {
    zod: z.string().refine(slow),
    'zod/mini': mini.string().check(mini.refine(slow)),
    valibot: v.pipeAsync(v.string(), v.checkAsync(slow)),
    'one of its own': { '~standard': { version: 1, vendor: 'a', validate: () => Promise.reject(new Error('late')) } },
  };

  it.each(Object.entries(asynchronous))('is refused when it is declared: %s', (_library, x) => {
    expect(() => schema(x, options)).toThrow(
      /^REGIONS: the schema throws or answers with a promise for (its default|an empty text)/,
    );
    const { default: _default, ...withoutDefault } = options;
    expect(() => schema(x, withoutDefault)).toThrow(
      /^REGIONS: the schema throws or answers with a promise for (its default|an empty text)/,
    );
  });
});

it('a schema that throws refuses the text, without its message', () => {
  const parsing = z.string().transform((raw): unknown => (raw === 'sentinel' ? JSON.parse(raw) : raw));
  expect(problemOf(parsing, 'sentinel').problem).toMatchObject({ why: 'its schema gave no answer for it' });
  const throwing = {
    '~standard': {
      version: 1,
      vendor: 'a',
      validate(value: unknown) {
        if (value === 'eu-1,eu-2' || value === '') return { value };
        throw new Error(`cannot read ${String(value)}`);
      },
    },
  } as const;
  expect(problemOf(throwing, 'sentinel').message.split('sentinel')).toHaveLength(2);
});

it('a place in a structure is only named where it is a plain word', () => {
  const x = z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.record(z.string(), z.number()));
  const group = defineDefaults('app', '', { limits: schema(x, { ...options, default: '{"a":1}' }) });
  const env = { DEPLOY_ENVIRONMENT: 'test', REGIONS: '{"a":"x","b c":"y"}' };
  expect(() => loadSettings({ app: group }, { env, owner: 'team-a' })).toThrow('its schema refuses it at a, …');
});

it('the type of the value is what the schema returns', () => {
  const group = defineDefaults('app', '', { regions: schema(schemas.zod, options) });
  const { settings } = loadSettings({ app: group }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-a' });
  expectTypeOf(settings.app.regions).toEqualTypeOf<[string, string]>();
  expect(settings.app.regions).toEqual(['eu-1', 'eu-2']);
});
