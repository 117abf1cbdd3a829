import type { Kind, Reading } from '../declare/kind.ts';
import { quoteText } from '../declare/quote-text.ts';

import { readDigits } from './read-digits.ts';
import { checkLimits, outside, refused } from './reading.ts';

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
  readonly name: 'duration' | 'bytes';
  readonly noun: string;
  readonly unit: 'milliseconds' | 'bytes';
  readonly example: string;
  readonly pythonKind: string;
}

/** Whole numbers that are only accepted with their unit: 5ms and 5s must never be confused. */
export function quantity(
  units: readonly [Unit, Unit, ...Unit[]],
  words: QuantityWords,
  { min, max }: QuantityRange,
): Kind<number> {
  const [smallest, likely] = units;
  const names = units.map(({ name }) => name);

  function show(value: number): string {
    const unit = units.findLast(({ size }) => value >= size && value % size === 0) ?? likely;
    return `${value / unit.size}${unit.name}`;
  }
  function parse(raw: string): Reading<number> {
    const letters = raw.replace(/^[0-9]+/, '');
    const unit = units.find(({ name }) => name === letters);
    const digits = unit === undefined ? undefined : readDigits(raw.slice(0, -letters.length));
    if (unit === undefined || digits === undefined)
      return refused(`it is not a whole number followed by one of ${names.join(', ')}`);
    return 'refused' in digits ? digits : { value: digits.value * unit.size };
  }
  function limit(written: string): number {
    const reading = parse(written);
    return 'value' in reading ? reading.value : Number.NaN;
  }
  const limits = checkLimits({ min: limit(min), max: limit(max) }, `${min} and ${max}`);
  const fits = (value: number) => value >= limits.min && value <= limits.max;

  function withoutUnit(raw: string): Reading<number> {
    const value = `${raw}${likely.name}`;
    const why = `it has no unit, so ${raw}${smallest.name} and ${value} cannot be told apart`;
    return refused(why, fits(limit(value)) ? { value } : undefined);
  }
  function read(raw: string): Reading<number> {
    const bare = readDigits(raw);
    if (bare !== undefined) return 'refused' in bare ? bare : withoutUnit(raw);
    const reading = parse(raw);
    if ('refused' in reading || fits(reading.value)) return reading;
    return outside(`${raw} is outside ${min} to ${max}`);
  }

  const pattern = `^(0|[1-9][0-9]{0,14})(${names.join('|')})$`;
  return {
    name: words.name,
    unit: words.unit,
    expected: `a ${words.noun} from ${min} to ${max}, with its unit, such as ${words.example}`,
    read,
    show,
    quote: quoteText,
    inherited: true,
    jsonSchema: { type: 'string', pattern, 'x-minimum': min, 'x-maximum': max },
    python: { kind: words.pythonKind, type: 'int', options: { minimum: min, maximum: max } },
  };
}
