import { createHash } from 'node:crypto';

import { quoted } from '../errors/quoted.ts';
import { isObject } from '../value-checks.ts';

/** Why a value has no canonical JSON: its place, and what stands there. */
export class NotJson extends Error {
  override readonly name = 'NotJson';
  readonly at: string;
  readonly got: string;

  constructor(at: string, got: string) {
    super(`${at}: ${got}`);
    this.at = at;
    this.got = got;
  }
}

const identifier = /^[A-Za-z_$][\w$]*$/;

/**
 * The one JSON text of a value by RFC 8785, the same in every language.
 *
 * @param at - the name of the value, for the place of what is wrong
 * @throws {NotJson} for what JSON cannot say, where JSON.stringify would leave it out or change it
 */
export function canonicalJson(value: unknown, at: string): string {
  return print(value, at, new Set());
}

function print(value: unknown, at: string, inside: Set<object>): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotJson(at, quoted(value));
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return printText(value, at);
  if (!isObject(value)) throw new NotJson(at, quoted(value));
  if (inside.has(value)) throw new NotJson(at, 'an object that contains itself');
  // Nested too deep it overflows the stack, as JSON.stringify does: better a place than a RangeError.
  if (inside.size >= deepest) throw new NotJson(at, `more than ${deepest} levels`);
  inside.add(value);
  const text = Array.isArray(value) ? printArray(value, at, inside) : printObject(value, at, inside);
  inside.delete(value);
  return text;
}

const deepest = 200;

function printText(text: string, at: string): string {
  if (!text.isWellFormed()) throw new NotJson(at, 'text with half a surrogate pair');
  return JSON.stringify(text);
}

function printArray(values: readonly unknown[], at: string, inside: Set<object>): string {
  // By index: a hole of a sparse array would be skipped by map.
  return `[${Array.from(values, (value, index) => print(value, `${at}[${index}]`, inside)).join(',')}]`;
}

function printObject(value: object, at: string, inside: Set<object>): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  if (!isPlain)
    throw new NotJson(at, `an object of the class ${String(Reflect.get(Object(value.constructor), 'name'))}`);
  // The order of sort() is that of UTF-16 code units, as RFC 8785 demands.
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([left], [right]) => (left < right ? -1 : 1));
  const printed = members.map(([name, member]) => {
    const place = identifier.test(name) ? `${at}.${name}` : `${at}[${JSON.stringify(name)}]`;
    return `${printText(name, place)}:${print(member, place, inside)}`;
  });
  return `{${printed.join(',')}}`;
}

/** SHA-256 of a canonical JSON text, as the ledger keeps it. */
export const hashOf = (canonical: string): string => createHash('sha256').update(canonical).digest('hex');
