import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import {
  buildSetting,
  outcomeOf,
  rawOf,
  type ContractCase,
  type ContractOutcome,
  type ContractSetting,
} from './testing/contract-settings.ts';

const file = path.resolve(import.meta.dirname, '../contract/cases.json');
const { settings, cases } = JSON.parse(readFileSync(file, 'utf8')) as {
  settings: Record<string, ContractSetting>;
  cases: (ContractCase & ContractOutcome)[];
};
const built = Object.fromEntries(Object.entries(settings).map(([name, each]) => [name, buildSetting(each)]));

describe('contract/cases.json, which the Python loader runs too', () => {
  it('has enough rows to mean something, and each once', () => {
    expect(cases.length).toBeGreaterThanOrEqual(300);
    expect(new Set(cases.map(({ setting, raw, repeated }) => JSON.stringify([setting, raw, repeated]))).size).toBe(
      cases.length,
    );
  });

  it.each(cases.map((each) => [each.setting, JSON.stringify(each.raw ?? each.repeated), each] as const))(
    '%s %s',
    (name, _shown, each) => {
      const { setting: _setting, raw: _raw, repeated: _repeated, ...outcome } = each;
      const setting = built[name];
      if (setting === undefined) throw new TypeError(`no setting is called ${name}`);
      expect(outcomeOf(setting, rawOf(each))).toEqual(outcome);
    },
  );
});
