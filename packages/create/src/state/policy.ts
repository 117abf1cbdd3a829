/** What an update does with a file. */
export type Policy = 'managed' | 'merge' | 'seed' | 'derived' | 'required' | 'rendered';

const rules: readonly (readonly [RegExp, Policy])[] = [
  // Ours alone: an edit is shown as a conflict, a deletion is undone.
  [/^\.seaworthy\//, 'managed'],
  [/^vendor\//, 'managed'],
  [/^src\/[^/]+\/_seaworthy\//, 'managed'],
  // The blocks between marks come from service.json; only the prose around them is merged.
  [/^(RUNBOOK|CHECKLIST)\.md$/, 'rendered'],
  // Other files are made from it.
  [/^service\.json$/, 'required'],
  // A record of what happened: it is the team's from its first edit on.
  [/^docs\/changes\//, 'seed'],
  // Written from pyproject.toml by `make lock`: lines merged from two of them would be a lock of neither.
  [/^requirements[\w-]*\.lock$/, 'derived'],
];

/** True for a file that a service cannot be without. */
export function isIndispensable(policy: Policy): boolean {
  return policy === 'required' || policy === 'rendered';
}

/** The policy of a file of a service; `merge` unless a rule says otherwise. */
export function policyOf(file: string): Policy {
  return rules.find(([pattern]) => pattern.test(file))?.[1] ?? 'merge';
}
