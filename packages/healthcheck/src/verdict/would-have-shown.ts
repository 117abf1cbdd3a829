import type { DeployVerdict } from './deploy-verdict.ts';
import { fixed, percent } from './format-numbers.ts';
import { cacheClasses } from '../recording/request-marks.ts';
import { stratumName } from './stratum-names.ts';

/** The sentence that every answer ends with: what it would have noticed, apart from what it did notice. */
export function wouldHaveShown({ numbers, smallestChange }: Omit<DeployVerdict, 'sentence'>): string {
  const { slowDown, errorRate, databaseCalls } = smallestChange;
  const isKnown = (stratum: string | null, kinds: readonly string[]) =>
    numbers.tests.some((test) => test.changed && test.stratum === stratum && kinds.includes(test.kind));
  const times = cacheClasses.flatMap((stratum) => {
    const share = slowDown[stratum];
    if (share === null || isKnown(stratum, ['p50', 'p95'])) return [];
    return `of about ${roundedUp(share)} % or more on ${stratumName(stratum, numbers).full}`;
  });
  const calls = cacheClasses.flatMap((stratum) => {
    const more = databaseCalls[stratum];
    if (more === null || isKnown(stratum, ['databaseCalls'])) return [];
    return `${fixed(Math.ceil(more * 10 - 1e-9) / 10, 1)} more database calls per ${stratumName(stratum, numbers).one}`;
  });
  const parts = [
    ...times.map((time, index) => (index === 0 ? `a slow-down ${time}` : time)),
    ...(errorRate === null || isKnown(null, ['errors']) ? [] : [`an error rate of ${percent(errorRate)} %`]),
    ...calls,
  ];
  if (parts.length === 0) {
    return `No${numbers.tests.some(({ changed }) => changed) ? ' other' : ''} change would have shown.`;
  }
  const text = parts.length === 1 ? parts.join('') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} would have shown.`;
}

/** Upwards, to five per cent: what is promised has to show. */
function roundedUp(share: number): number {
  return Math.ceil(share * 20) * 5;
}
