import type { DeclaredSetting } from '../declare/group.ts';
import { writtenDefault, type Setting } from '../declare/setting.ts';
import type { Stage } from '../declare/stage.ts';
import type { Refusal } from '../declare/kind.ts';
import type { Problem } from '../errors/problem.ts';

import type { Sources } from './sources.ts';

export type ReadSetting = { readonly value: unknown; readonly origin: string } | { readonly problem: Problem };

function adviceFor(setting: Setting<unknown>, refusal: Refusal, fallback: string | undefined): string {
  if (refusal.fix !== undefined)
    return 'value' in refusal.fix ? `${setting.env}=${refusal.fix.value}` : refusal.fix.advice;
  return fallback === undefined ? `set ${setting.env} to ${setting.kind.expected}` : `${setting.env}=${fallback}`;
}

/** Reads one setting from the first place that states it. */
export function readSetting(declared: DeclaredSetting, sources: Sources, stage: Stage, owner: string): ReadSetting {
  const { setting, label } = declared;
  const { kind, env } = setting;
  const fallback = writtenDefault(setting, stage);
  const local = setting.written.in?.[stage as 'development'] !== undefined;
  const stated = sources.find(setting) ?? (fallback === undefined ? undefined : { raw: fallback, from: 'default' });
  const common = { name: env, setting: label, expected: kind.expected, retryable: false, owner };
  if (stated === undefined) {
    const why = 'it has no default, because each environment states its own';
    return { problem: { ...common, code: 'CFG_MISSING', got: 'nothing', why, fix: `set ${env}` } };
  }
  if (stated.raw === '') {
    const why = 'an empty value is never taken for the default';
    const fix =
      fallback === undefined || !kind.inherited ? `set ${env}` : `unset ${env} to use its default ${fallback}`;
    return { problem: { ...common, code: 'CFG_EMPTY', got: 'an empty value', from: stated.from, why, fix } };
  }
  const reading = kind.read(stated.raw);
  if ('value' in reading) {
    const origin = stated.from === 'default' && local ? `default (${stage})` : stated.from;
    return { value: reading.value, origin };
  }
  const { code, why } = reading.refused;
  const fix = adviceFor(setting, reading.refused, kind.inherited ? fallback : undefined);
  return { problem: { ...common, code, got: kind.quote(stated.raw), from: stated.from, why, fix } };
}
