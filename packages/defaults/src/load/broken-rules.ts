import { rulesIn, type DeclaredSetting, type Groups } from '../declare/group.ts';
import { holds } from '../declare/rule.ts';
import { isEnvSetting, publicName, writtenDefault } from '../declare/setting.ts';
import type { Stage } from '../declare/stage.ts';
import type { Problem } from '../errors/problem.ts';
import { ownerOf } from '../groups/service-owner.ts';

import type { ReadValue } from './read-setting.ts';

/** What a setting of a rule amounts to: a platform's stands at its default, nothing loads it. */
function valueIn({ label, setting }: DeclaredSetting, read: ReadonlyMap<string, ReadValue>, stage: Stage) {
  if (isEnvSetting(setting)) return read.get(label);
  const reading = setting.kind.read(writtenDefault(setting, stage) ?? '');
  return 'value' in reading ? { value: reading.value, origin: 'default' } : undefined;
}

/** A problem for each rule that the values break; a rule waits until each of its settings is valid alone. */
export function brokenRules(
  groups: Groups,
  read: ReadonlyMap<string, ReadValue>,
  stage: Stage,
  owner: string,
): Problem[] {
  return rulesIn(groups, 'node').flatMap(({ group, rule, settings }) => {
    const values = new Map([...settings].map(([name, declared]) => [name, valueIn(declared, read, stage)]));
    const known = [...values.values()].every((value) => value !== undefined);
    if (!known || holds(rule, (name) => values.get(name)?.value)) return [];
    const taking = [...settings].map(([name, { setting }]) => ({ setting, at: values.get(name) }));
    return [
      {
        code: 'CFG_RULE',
        name: taking.map(({ setting }) => publicName(setting)).join(' + '),
        setting: group.name,
        got: taking.map(({ setting, at }) => setting.kind.show(at?.value)).join(' and '),
        from: taking.map(({ at }) => at?.origin).join(' and '),
        expected: rule.says,
        why: 'each value is valid alone, not together',
        fix: rule.fix,
        retryable: false,
        owner: [...new Set(taking.map(({ setting }) => ownerOf(setting, owner)))].join(' and '),
      },
    ];
  });
}
