import { directionOf } from './choose-word.ts';
import type { DeployNumbers, DeployTest } from './deploy-verdict.ts';
import { fixed, grouped, growth, milliseconds, percent } from './format-numbers.ts';
import { fewestPlacebos } from './placebo-history.ts';
import { cacheClasses } from '../recording/request-marks.ts';
import { stratumName } from './stratum-names.ts';

/** One sentence for each thing that changed, the worst first. */
export function changeClauses(numbers: DeployNumbers): string[] {
  const changed = numbers.tests.filter((test) => test.changed);
  const having = (direction: string) => changed.filter((test) => directionOf(test) === direction);
  const speedChanged = changed.some(isTime);
  const clauses = [
    ['More errors', having('more errors')],
    ['Slower', having('slower')],
    [speedChanged ? 'More database work' : 'Same speed, more database work', having('more database work')],
    ['Faster', having('faster')],
    ['Fewer errors', having('fewer errors')],
    ['Less database work', having('less database work')],
  ] as const;
  return clauses
    .filter(([, tests]) => tests.length > 0)
    .map(([title, tests], index) => {
      const parts = tests.map((test, at) => describe(test, numbers, tests[at - 1]?.stratum));
      return `${title}: ${parts.join(', ')}${index === 0 ? evidence(tests, numbers) : ''}.`;
    });
}

function isTime({ kind }: DeployTest): boolean {
  return kind === 'p50' || kind === 'p95';
}

/** A stratum is named once, however many of its quantiles changed. */
function describe(test: DeployTest, numbers: DeployNumbers, named: DeployTest['stratum'] | undefined): string {
  const { stratum, kind, before, after } = test;
  if (kind === 'errors' || stratum === null) {
    const counts = [numbers.before, numbers.after].map(
      ({ errors, requests }) => `${grouped(errors)} of ${grouped(requests)}`,
    );
    return `${percent(before)} → ${percent(after)} % (${counts.join(' → ')})`;
  }
  const { short, one } = stratumName(stratum, numbers);
  if (kind === 'databaseCalls') return `${fixed(before, 1)} → ${fixed(after, 1)} calls per ${one}`;
  return `${stratum === named ? '' : `${short} `}${kind} ${milliseconds(before)} → ${milliseconds(after)} ms (${growth(before, after)})`;
}

/** What the least convincing of these tests was larger than. */
function evidence(tests: readonly DeployTest[], { mode, historyHours }: DeployNumbers): string {
  if (mode === 'side by side') return ', side by side';
  const { largerThan, comparisons } = tests.reduce((least, test) =>
    test.largerThan / test.comparisons < least.largerThan / least.comparisons ? test : least,
  );
  if (comparisons < fewestPlacebos) return '';
  const which = largerThan === comparisons ? `all ${comparisons}` : `${largerThan} of ${comparisons}`;
  return `; larger than ${which} comparisons of the last ${fixed(historyHours, 0)} h without a deployment`;
}

/** The strata whose times were compared and did not change, where others did. */
export function unchangedStrata(numbers: DeployNumbers): string {
  const names = cacheClasses.flatMap((stratum) => {
    const tests = numbers.tests.filter((test) => test.stratum === stratum && isTime(test));
    return tests.length === 0 || tests.some(({ changed }) => changed) ? [] : [stratumName(stratum, numbers).short];
  });
  const text = names.join(' and ');
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)} unchanged.`;
}
