import * as z from 'zod/mini';

import type { Kind, Reading, Refusal } from '../declare/kind.ts';
import { quoteText } from '../declare/quote-text.ts';

import { readWith } from './read-with.ts';

interface Unit {
  readonly name: string;
  readonly size: number;
}

export interface QuantityRange {
  /** Smallest accepted value, in its written form. */
  readonly min: string;
  /** Largest accepted value, in its written form. */
  readonly max: string;
}

interface QuantityWords {
  readonly noun: string;
  readonly example: string;
  readonly pythonKind: string;
}

/** Whole numbers that are only accepted with their unit: 5ms and 5s must never be confused. */
export function quantity(units: readonly Unit[], words: QuantityWords, { min, max }: QuantityRange): Kind<number> {
  const names = units.map((unit) => unit.name);
  const pattern = new RegExp(`^([0-9]{1,15})(${names.join('|')})$`);
  const [smallest, second] = units;
  if (smallest === undefined || second === undefined) throw new TypeError('a quantity needs two units');

  function toBase(written: string): number {
    const [, digits, name] = pattern.exec(written) ?? [];
    const unit = units.find((candidate) => candidate.name === name);
    return digits === undefined || unit === undefined ? Number.NaN : Number(digits) * unit.size;
  }
  function show(value: number): string {
    const unit = units.findLast((candidate) => value >= candidate.size && value % candidate.size === 0) ?? second;
    return `${value / (unit?.size ?? 1)}${unit?.name}`;
  }
  const schema = z.pipe(
    z.pipe(z.string().check(z.regex(pattern)), z.transform(toBase)),
    z.number().check(z.minimum(toBase(min)), z.maximum(toBase(max))),
  );
  const parse = readWith<number>(schema, (issue, raw) =>
    issue.code === 'too_small' || issue.code === 'too_big'
      ? { code: 'CFG_RANGE', why: `${show(toBase(raw))} is outside ${min} to ${max}` }
      : { code: 'CFG_INVALID', why: `it is not a whole number followed by one of ${names.join(', ')}` },
  );

  function withoutUnit(raw: string): Refusal {
    const value = `${raw}${second?.name}`;
    const why = `it has no unit, so ${raw}${smallest?.name} and ${value} cannot be told apart`;
    return { code: 'CFG_INVALID', why, ...('value' in parse(value) ? { fix: { value } } : {}) };
  }
  function read(raw: string): Reading<number> {
    return /^[0-9]{1,15}$/.test(raw) ? { refused: withoutUnit(raw) } : parse(raw);
  }

  return {
    expected: `a ${words.noun} from ${min} to ${max}, with its unit, such as ${words.example}`,
    read,
    show,
    quote: quoteText,
    inherited: true,
    python: { kind: words.pythonKind, type: 'int', options: { minimum: min, maximum: max } },
  };
}
