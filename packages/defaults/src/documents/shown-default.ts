import { publicName, type Setting } from '../declare/setting.ts';

/** A written default as a document may show it: of an address without its password, of a secret nothing. */
export function shownWritten({ kind }: Setting<unknown>, written: string): string {
  const reading = kind.read(written);
  return kind.inherited || !('value' in reading) ? written : kind.show(reading.value);
}

/** The defaults of a setting as a reader wants them: one, or the one of production and what a workstation uses. */
export function shownDefault(setting: Setting<unknown>): string {
  const { default: fallback, in: local = {} } = setting.written;
  const production = fallback ?? 'stated by each environment';
  const byValue = Map.groupBy(Object.entries(local), ([, value]) => shownWritten(setting, value));
  if (byValue.size === 0) return production;
  const differences = [...byValue].map(([value, stages]) => `${stages.map(([stage]) => stage).join(', ')}: ${value}`);
  return `${production} (${differences.join('; ')})`;
}

/** Why a setting goes away, as one sentence. */
export function shownDeprecation({ deprecated }: Setting<unknown>): string | undefined {
  if (deprecated === undefined) return undefined;
  return `deprecated since ${deprecated.since}: ${deprecated.reason}; set ${deprecated.replacement} instead`;
}

/** The name of a setting in code quotes, and whose it is when no process reads it. */
export function shownName(setting: Setting<unknown>): string {
  return setting.env === undefined ? `\`${setting.parameter}\` (${setting.appliesTo})` : `\`${publicName(setting)}\``;
}
