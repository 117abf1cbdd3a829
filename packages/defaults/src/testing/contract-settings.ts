import {
  bytes,
  count,
  defineDefaults,
  duration,
  flag,
  loadSettings,
  oneOf,
  ratio,
  secret,
  text,
  url,
} from '../index.ts';
import type { EnvSetting } from '../declare/setting.ts';
import { SettingsError } from '../errors/settings-error.ts';

/** One setting of `contract/cases.json`, as both languages build it. */
export interface ContractSetting {
  readonly kind: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A text, given as it is or as something repeated. */
export interface ContractCase {
  readonly setting: string;
  readonly raw?: string;
  readonly repeated?: { readonly text: string; readonly times: number };
}

/** What loading one variable gives: its printed value, or the refusal word for word. */
export type ContractOutcome =
  | { readonly value: string }
  | {
      readonly code: string;
      readonly got: string;
      readonly expected: string;
      readonly why: string;
      readonly fix: string;
    };

const texts = { owner: 'team-a', reason: 'a reason', expect: 'a result', rollback: 'unset it' };

const builders: Readonly<Record<string, (options: never) => EnvSetting<unknown>>> = {
  bytes: (options: Parameters<typeof bytes>[0] & { env: string }) => bytes(options),
  count: (options: Parameters<typeof count>[0] & { env: string }) => count(options),
  duration: (options: Parameters<typeof duration>[0] & { env: string }) => duration(options),
  flag: (options: Parameters<typeof flag>[0] & { env: string }) => flag(options),
  oneOf: ({ words, ...options }: { words: [string]; env: string } & typeof texts) => oneOf(words, options),
  ratio: (options: Parameters<typeof ratio>[0] & { env: string }) => ratio(options),
  secret: (options: Parameters<typeof secret>[0]) => secret(options),
  text: (options: Parameters<typeof text>[0] & { env: string }) => text(options),
  url: (options: Parameters<typeof url>[0]) => url(options),
};

export function buildSetting({ kind, options }: ContractSetting): EnvSetting<unknown> {
  const build = builders[kind];
  if (build === undefined) throw new TypeError(`no kind is called ${kind}`);
  return build({ ...texts, ...options } as never);
}

export function rawOf({ raw, repeated }: ContractCase): string {
  return raw ?? repeated?.text.repeat(repeated.times) ?? '';
}

/** Loads one variable in production with this text in the environment. */
export function outcomeOf(setting: EnvSetting<unknown>, raw: string): ContractOutcome {
  const groups = { contract: defineDefaults('contract', '', { it: setting }) };
  try {
    const { settings } = loadSettings(groups, {
      env: { DEPLOY_ENVIRONMENT: 'production', [setting.env]: raw },
      owner: 'team-a',
    });
    return { value: setting.kind.show((settings.contract as { it: unknown }).it) };
  } catch (error) {
    if (!(error instanceof SettingsError) || error.problems.length !== 1) throw error;
    const [{ code, got, expected, why, fix }] = error.problems as [(typeof error.problems)[0] & object];
    return { code, got, expected, why, fix };
  }
}
