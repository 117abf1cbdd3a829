import type { Kind } from './kind.ts';
import type { LocalStage, Runtime } from './stage.ts';

/** What a setting must say about itself: leaving one text out does not compile. */
export interface SettingTexts {
  /** The environment variable, `HTTP_REQUEST_TIMEOUT`. */
  readonly env: string;
  /** The team that answers for the value. */
  readonly owner: string;
  /** Why this value and no other. */
  readonly reason: string;
  /** What can be observed while the value is right. */
  readonly expect: string;
  /** How to go back after a change. */
  readonly rollback: string;
  /** Where the value comes from. */
  readonly source?: string;
  /** The languages in which the setting has an effect. @default both */
  readonly runtimes?: readonly Runtime[];
}

/** The default of a setting in its written form, and what development and test use instead. */
export interface Defaulted<D> {
  readonly default?: D;
  readonly in?: Readonly<Partial<Record<LocalStage, D>>>;
}

/** A declared setting: its kind, its texts and its defaults in written form. */
export interface Setting<T> extends SettingTexts {
  readonly kind: Kind<T>;
  readonly written: Defaulted<string>;
}

export function setting<T>(kind: Kind<T>, texts: SettingTexts & Defaulted<string | number>): Setting<T> {
  const { default: fallback, in: local, ...rest } = texts;
  const written: Defaulted<string> = {
    ...(fallback === undefined ? {} : { default: String(fallback) }),
    in: Object.fromEntries(Object.entries(local ?? {}).map(([stage, value]) => [stage, String(value)])),
  };
  return Object.freeze({ ...rest, kind, written: Object.freeze(written) });
}

/** The default of a setting in a stage, in its written form. */
export function writtenDefault(declared: Setting<unknown>, stage: string): string | undefined {
  const local = declared.written.in?.[stage as LocalStage];
  return local ?? declared.written.default;
}
