import { isDeepStrictEqual } from 'node:util';

import { expectedSettings } from './environment.ts';

/** What a program read otherwise than it should have; a benchmark of wrong answers is worth nothing. */
export function wrongSettings(settings: Readonly<Record<string, unknown>>): string[] {
  const wrong = expectedSettings.flatMap(({ name, key, value }) => {
    const got = settings[Object.hasOwn(settings, name) ? name : key];
    return isDeepStrictEqual(got, value)
      ? []
      : [`${name}: expected ${JSON.stringify(value)}, got ${JSON.stringify(got)}`];
  });
  const count = Object.keys(settings).length;
  const surplus =
    count === expectedSettings.length ? [] : [`expected ${expectedSettings.length} settings, got ${count}`];
  return [...wrong, ...surplus];
}
