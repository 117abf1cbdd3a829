import type { DeclaredSetting } from '../declare/group.ts';
import { localDefault, writtenDefault, type EnvSetting } from '../declare/setting.ts';
import type { Stage } from '../declare/stage.ts';
import type { Refusal } from '../declare/kind.ts';
import type { Problem } from '../errors/problem.ts';
import { ownerOf } from '../groups/service-owner.ts';

import type { Notes } from './env-file.ts';
import type { Found, Sources } from './sources.ts';
import { quotePath, readValueFile } from './value-file.ts';

export interface ReadValue {
  readonly value: unknown;
  readonly origin: string;
  /** False for a default. */
  readonly stated: boolean;
  readonly notes: Notes;
}

export type ReadSetting = ReadValue | { readonly problem: Problem };

function adviceFor(setting: EnvSetting<unknown>, refusal: Refusal, fallback: string | undefined): string {
  if (refusal.fix !== undefined)
    return 'value' in refusal.fix ? `${setting.env}=${refusal.fix.value}` : refusal.fix.advice;
  return fallback === undefined ? `set ${setting.env} to ${setting.kind.expected}` : `${setting.env}=${fallback}`;
}

type Facts = Pick<Problem, 'code' | 'got' | 'why' | 'fix'> &
  Partial<Pick<Problem, 'name' | 'from' | 'expected' | 'retryable'>>;

/** Reads one setting from the last place that states it. */
export function readSetting(
  { setting, label }: DeclaredSetting<EnvSetting<unknown>>,
  sources: Sources,
  stage: Stage,
  owner: string,
): ReadSetting {
  const { kind, env } = setting;
  const fallback = writtenDefault(setting, stage);
  const advised = kind.inherited ? fallback : undefined;
  const problem = (facts: Facts): ReadSetting => ({
    problem: {
      name: env,
      setting: label,
      expected: kind.expected,
      retryable: false,
      owner: ownerOf(setting, owner),
      ...facts,
    },
  });
  function empty(name: string, from: string): ReadSetting {
    const fix = advised === undefined || name !== env ? `set ${name}` : `unset ${env} to use its default ${advised}`;
    return problem({
      code: 'CFG_EMPTY',
      name,
      got: 'an empty value',
      from,
      why: 'an empty value is never taken for the default',
      fix,
    });
  }
  function shared(raw: string, from: string): ReadSetting {
    return problem({
      code: 'CFG_SHARED',
      got: kind.quote(raw),
      from,
      expected: 'another value than production has',
      why: `${stage} would use what belongs to production`,
      fix: `set ${env} to a value of ${stage}'s own, or state it in its file under a line "# Shared: why"`,
    });
  }
  function understand(raw: string, from: string, origin: string, notes: Notes): ReadSetting {
    if (raw === '') return empty(env, from);
    if (!kind.inherited && notes.shared === undefined && sources.inProduction(setting)?.raw === raw)
      return shared(raw, from);
    const reading = kind.read(raw);
    if ('value' in reading) return { value: reading.value, origin, stated: true, notes };
    const { code, why } = reading.refused;
    return problem({ code, got: kind.quote(raw), from, why, fix: adviceFor(setting, reading.refused, advised) });
  }
  function fromFile({ raw: path, from, name, notes = {} }: Found): ReadSetting {
    if (path === '') return empty(name, from);
    const file = readValueFile(path);
    const origin = `file ${path} (${name})`;
    if ('raw' in file) return understand(file.raw, origin, origin, notes);
    const { why, retryable } = file;
    const expected = 'the path of a readable text file that holds the value';
    return problem({
      code: 'CFG_SOURCE',
      name,
      got: quotePath(path),
      from,
      expected,
      why,
      fix: `make the file readable, or set ${env} instead`,
      retryable,
    });
  }

  const found = sources.find(setting);
  if (found === undefined) {
    if (fallback === undefined) {
      const why = 'it has no default, because each environment states its own';
      return problem({ code: 'CFG_MISSING', got: 'nothing', why, fix: `set ${env}` });
    }
    const origin = localDefault(setting, stage) === undefined ? 'default' : `default (${stage})`;
    const read = understand(fallback, origin, origin, {});
    return 'problem' in read ? read : { ...read, stated: false };
  }
  if (found.twice) {
    const why = 'nothing says which of the two is meant';
    return problem({
      code: 'CFG_TWICE',
      got: `${env} and ${env}_FILE`,
      from: found.from,
      expected: 'one of the two',
      why,
      fix: `unset ${env} or ${env}_FILE`,
    });
  }
  if (found.name !== env) return fromFile(found);
  const { raw, from, notes = {} } = found;
  return understand(raw, from, from, notes);
}
