import type { Comparison } from './compare-windows.ts';
import type { MeasureKind } from './deploy-verdict.ts';

/** What a change has to reach to matter to anybody, however sure it is. */
export const smallestEffect = {
  share: 0.1,
  timeMs: 1,
  errorRate: 0.002,
  /** So that "0.0 → 0.0 calls" is never news. */
  databaseCalls: 0.05,
} as const;

type Effect = Pick<Comparison, 'before' | 'after'> & { readonly kind: MeasureKind };

export function isLargeEnough({ kind, before, after }: Effect): boolean {
  const change = Math.abs(after - before);
  if (kind === 'errors') return change >= smallestEffect.errorRate;
  const least = kind === 'databaseCalls' ? smallestEffect.databaseCalls : smallestEffect.timeMs;
  return change >= least && change >= smallestEffect.share * before;
}
