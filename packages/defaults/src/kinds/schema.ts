import type { JsonSchema } from '../declare/json-schema.ts';
import type { Kind, Reading } from '../declare/kind.ts';
import type { Place } from '../declare/place.ts';
import { maskUserInfo, quoteText } from '../declare/quote-text.ts';
import { setting, type Defaulted, type Placed, type Texts } from '../declare/setting.ts';

import { freezeDeep } from './freeze-deep.ts';
import type { OutputOf, StandardPath, StandardResult, StandardSchema } from './standard-schema.ts';

export interface SchemaOptions {
  /** What is expected, in words that follow `expected`: the schema's own messages are never printed, they repeat input. */
  readonly expected: string;
  /** The written form as JSON Schema 2020-12. @default any text */
  readonly jsonSchema?: JsonSchema;
  /** The kind that reads the same in Python: its class, its type and the options of the class. @default none */
  readonly python?: Kind<unknown>['python'];
}

/** JSON has no word for some values, such as a bigint. */
function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

function wordsOf(path: StandardPath | undefined): string {
  const keys = (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  return keys.map((key) => (/^[\w-]{1,40}$/.test(key) ? key : '…')).join('.');
}

/**
 * A setting read by any synchronous Standard Schema, such as one of zod, valibot or arktype.
 *
 * The schema gets the text as it is written. Its issue paths are printed, its messages never. Plain objects and lists are
 * frozen; an instance of a class, such as a Date or a Map, is not: return plain values.
 *
 * @throws {TypeError} when the schema is asynchronous, or throws on its default.
 * @example
 * ```ts
 * import { defineDefaults, loadSettings, schema } from '@seaworthy/defaults';
 * import * as z from 'zod';
 * const app = defineDefaults('app', 'APP_', {
 *   regions: schema(z.string().transform((list) => list.split(',')), {
 *     expected: 'names joined by commas', env: 'APP_REGIONS', default: 'eu-1,eu-2', owner: 'team-app',
 *     reason: 'two regions serve customers', expect: 'both answer', rollback: 'unset APP_REGIONS',
 *   }),
 * });
 * const { settings } = loadSettings({ app }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner: 'team-app' });
 * if (settings.app.regions[1] !== 'eu-2') throw new Error('expected what the schema returns');
 * ```
 */
export function schema<X extends StandardSchema, P extends Place>(
  x: X,
  options: P & Texts & Defaulted<string> & SchemaOptions,
): Placed<OutputOf<X>, P> {
  const { expected, jsonSchema = { type: 'string' }, python, ...texts } = options;
  /** Nothing when the schema throws, or answers with a promise: some libraries turn what is thrown into one. */
  function validate(raw: string): StandardResult<OutputOf<X>> | undefined {
    try {
      const result = x['~standard'].validate(raw);
      if (!(result instanceof Promise)) return result;
      // Its rejection belongs to nobody.
      result.catch(() => undefined);
    } catch {
      // Its message may repeat the text.
    }
    return undefined;
  }
  function read(raw: string): Reading<OutputOf<X>> {
    const result = validate(raw);
    if (result === undefined) return { refused: { code: 'CFG_INVALID', why: 'its schema gave no answer for it' } };
    if (result.issues === undefined) return { value: freezeDeep(result.value) };
    const places = [...new Set(result.issues.map(({ path }) => wordsOf(path)))].filter((place) => place !== '');
    const where = places.length === 0 ? '' : ` at ${places.slice(0, 5).join(', ')}`;
    return { refused: { code: 'CFG_INVALID', why: `its schema refuses it${where}` } };
  }
  if (validate(options.default ?? '') === undefined) {
    const text = options.default === undefined ? 'an empty text' : 'its default';
    throw new TypeError(
      `${options.env ?? options.parameter}: the schema throws or answers with a promise for ${text}; expected a synchronous one`,
    );
  }
  const kind: Kind<OutputOf<X>> = {
    name: 'schema',
    expected,
    read,
    show: (value) => maskUserInfo(typeof value === 'string' ? value : asJson(value)),
    quote: quoteText,
    inherited: true,
    jsonSchema,
    ...(python === undefined ? {} : { python }),
  };
  return setting(kind, texts as unknown as P & Texts & Defaulted<string>);
}
