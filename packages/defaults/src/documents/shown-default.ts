import type { Setting } from '../declare/setting.ts';

/** The defaults of a setting as a reader wants them: one, or the one of production and what a workstation uses. */
export function shownDefault(setting: Setting<unknown>): string {
  const { default: fallback, in: local = {} } = setting.written;
  const production = fallback ?? 'stated by each environment';
  const byValue = Map.groupBy(Object.entries(local), ([, value]) => value);
  if (byValue.size === 0) return production;
  const differences = [...byValue].map(([value, stages]) => `${stages.map(([stage]) => stage).join(', ')}: ${value}`);
  return `${production} (${differences.join('; ')})`;
}

/** Who answers for a setting: a shipped one belongs to whoever runs the service. */
export function shownOwner(setting: Setting<unknown>, shippedOwner: string, owner: string): string {
  return setting.owner === shippedOwner ? owner : setting.owner;
}
