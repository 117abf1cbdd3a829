import type { CacheClass } from '../recording/request-marks.ts';

/**
 * What a deployment changed; the worst of it, where it changed several things.
 *
 * @example
 * ```ts
 * import type { VerdictWord } from '@seaworthy/healthcheck';
 *
 * const rollBackOn: VerdictWord[] = ['slower', 'more errors', 'more database work'];
 * if (rollBackOn.includes('not enough data')) throw new Error('unknown is no reason to roll back');
 * ```
 */
export type VerdictWord =
  | 'faster'
  | 'slower'
  | 'more errors'
  | 'more database work'
  | 'no change seen'
  | 'not enough data';

/** What a comparison looks at: a quantile of the response times, the share of errors, or database calls per request. */
export type MeasureKind = 'p50' | 'p95' | 'errors' | 'databaseCalls';

/** One comparison of the minutes before with the minutes after. */
export interface DeployTest {
  /** Null for errors, which are counted over all requests. */
  readonly stratum: CacheClass | null;
  readonly kind: MeasureKind;
  /** Milliseconds, a share, or calls per request. */
  readonly before: number;
  readonly after: number;
  /** The difference in standard errors, before it is divided by `placeboScale`. */
  readonly z: number;
  /** How much the same z varied at earlier moments without a deployment; never below 1. */
  readonly placeboScale: number;
  /** How many such moments there were for this measure, and how many of them had a smaller z. */
  readonly comparisons: number;
  readonly largerThan: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
  /** Holm's procedure counts it as a change, and the effect is large enough to matter. */
  readonly changed: boolean;
}

/** A stratum with too few requests, or minutes with a request, to compare all its times; on the side that has fewer. */
export interface TooFew {
  readonly stratum: CacheClass;
  readonly unit: 'requests' | 'minutes';
  readonly have: number;
  readonly needed: number;
}

/** One side of the comparison. */
export interface DeploySide {
  readonly minutes: number;
  readonly requests: number;
  readonly errors: number;
  /** Requests that were answered in full, without errors. */
  readonly strata: Readonly<Record<CacheClass, number>>;
  /** Null where no request asked a cache. */
  readonly hitRatio: number | null;
  /** The hit ratio rises from the first half of the minutes to the second, as it does while a cache fills. */
  readonly hitRatioRises: boolean;
}

/** The numbers behind a verdict. */
export interface DeployNumbers {
  /** `side by side` where both releases served at once; null before the first reading. */
  readonly mode: 'before and after' | 'side by side' | null;
  /** Minutes after the deployment at which it was read; null before the first reading. */
  readonly readAfterMinutes: number | null;
  /** When the next reading is due, in minutes since 1970; null after the last. */
  readonly nextReadingMinute: number | null;
  readonly previousReleaseId: string | null;
  readonly before: DeploySide;
  readonly after: DeploySide;
  /** How many earlier moments without a deployment the history had, and how many hours it goes back. */
  readonly comparisons: number;
  readonly historyHours: number;
  readonly tests: readonly DeployTest[];
  readonly tooFew: readonly TooFew[];
  /** Records that were left out because they are malformed. */
  readonly refusedRecords: number;
}

/** The smallest change that would have shown in four of five such deployments; null where none would have. */
export interface SmallestChange {
  /** As a share: 0.4 is a slow-down of 40 %. */
  readonly slowDown: Readonly<Record<CacheClass, number | null>>;
  /** The share of errors after the deployment, not the growth. */
  readonly errorRate: number | null;
  /** Additional database calls per request. */
  readonly databaseCalls: Readonly<Record<CacheClass, number | null>>;
}

/**
 * The answer to "did the last deployment change anything?".
 *
 * @example
 * ```ts
 * import { judgeDeployment, type DeployVerdict } from '@seaworthy/healthcheck';
 *
 * const verdict: DeployVerdict = judgeDeployment({
 *   deployedAtMinute: 29_900_000,
 *   releaseId: '1.1.0',
 *   records: [],
 *   nowMinute: 29_900_061,
 * });
 * if (verdict.verdict !== 'not enough data') throw new Error('there is no record at all');
 * ```
 */
export interface DeployVerdict {
  readonly verdict: VerdictWord;
  /** Neither enough history nor both releases at once: up to two in five such words are false. */
  readonly preliminary: boolean;
  /** Only before the first reading, and in a health until its history has been read once. */
  readonly collecting?: { readonly firstReadingMinute: number };
  /** The verdict in words, for people. */
  readonly sentence: string;
  readonly numbers: DeployNumbers;
  readonly smallestChange: SmallestChange;
}
