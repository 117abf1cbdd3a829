import type { DescribedSetting, SettingsDescription } from './describe-settings.ts';

/** One setting that two environments have differently. */
export interface Difference {
  /** The variable. */
  readonly name: string;
  /** `httpServer.port` */
  readonly setting: string;
  /** The value of the first environment, and of the second. */
  readonly values: readonly [string, string];
  /** Why they differ; a difference without a reason is an error of whoever made it. */
  readonly why?: string;
}

const absent: DescribedSetting = { setting: '', value: 'not declared', origin: '' };

/** A side that a file states must say why itself: what the other side says is not said of this value. */
function reasonOf(sides: readonly DescribedSetting[]): string | undefined {
  const unexplained = sides.some(({ origin, why }) => origin.startsWith('file ') && why === undefined);
  if (unexplained) return undefined;
  const atStart = sides.some(({ origin }) => origin.endsWith('at start'));
  return atStart ? 'each environment states its own' : sides.find(({ why }) => why !== undefined)?.why;
}

/**
 * Compares the effective values of two environments, variable by variable.
 *
 * A secret is never compared: both sides show `[secret]`; nor are user, password and query of an address. Differences come with the reason that is written down with
 * them, in the order of the first environment; one without a reason has no `why`.
 *
 * @example
 * ```ts
 * import { diffEnvironments, httpServer, verifySettings } from '@seaworthy/defaults';
 * const report = (environment: 'development' | 'production') =>
 *   verifySettings({ http: httpServer }, { environment, owner: 'team-orders' });
 * const [difference] = diffEnvironments(report('development'), report('production'));
 * if (difference?.name !== 'HTTP_HOST' || difference.why === undefined) throw new Error('expected the host, and why');
 * ```
 */
export function diffEnvironments(first: SettingsDescription, second: SettingsDescription): Difference[] {
  const names = new Set([...Object.keys(first.settings), ...Object.keys(second.settings)]);
  return [...names].flatMap((name) => {
    const [left, right] = [first.settings[name] ?? absent, second.settings[name] ?? absent];
    if (left.value === right.value) return [];
    const why = reasonOf([left, right]);
    const difference = { name, setting: left.setting || right.setting, values: [left.value, right.value] as const };
    return [why === undefined ? difference : { ...difference, why }];
  });
}
