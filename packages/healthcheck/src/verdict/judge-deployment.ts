import { unknownCacheStatus } from './cache-guard.ts';
import { checkInput } from './check-input.ts';
import { chooseWord } from './choose-word.ts';
import { collectingVerdict } from './collecting-verdict.ts';
import { compareReleases } from './compare-releases.ts';
import type { Comparison } from './compare-windows.ts';
import type { DeployNumbers, DeployVerdict } from './deploy-verdict.ts';
import type { DeploymentInput } from './deployment-input.ts';
import { findMissing } from './find-missing.ts';
import { judgeTests } from './judge-tests.ts';
import { fewestPlacebos } from './placebo-history.ts';
import { previousRelease } from './previous-release.ts';
import { readingsAt } from './readings.ts';
import { mergeRecords } from './release-minutes.ts';
import { settledHistory } from './settled-history.ts';
import { summariseSide } from './summarise-side.ts';
import { sentenceOf } from './wording.ts';

export type { DeploymentInput } from './deployment-input.ts';
export type { DeployNumbers, DeploySide, DeployTest, DeployVerdict } from './deploy-verdict.ts';
export type { MeasureKind, SmallestChange, TooFew, VerdictWord } from './deploy-verdict.ts';

/** The share of deployments without any change for which one reading or another may say otherwise. */
const falseAlarms = 0.05;

/** Below so many errors on both sides, their share is a coincidence. */
const fewestErrors = 10;

/**
 * Judges whether a deployment changed response times, errors or database work.
 *
 * The minute is the unit, cache hits and misses are never pooled, and every difference is held against how much the
 * same difference varied at earlier moments without a deployment. Where both releases served at once, they are compared
 * minute by minute instead, and no history is needed. Deterministic: the same records give the same verdict.
 *
 * @throws {HealthError} `VERDICT_INPUT_INVALID`, with everything at fault. Malformed records are left out and counted.
 * @example
 * ```ts
 * import { judgeDeployment, type MinuteRecord } from '@seaworthy/healthcheck';
 *
 * // 300 requests a minute; every miss makes three database calls, and from the deployment on five.
 * const minute = (at: number): MinuteRecord => ({
 *   minute: at,
 *   releaseId: at < 720 ? '1.0.0' : '1.1.0',
 *   requests: 300,
 *   errors: 0,
 *   strata: {
 *     hit: { requests: 200, databaseCalls: 0, times: [[110, 120], [111, 80]] },
 *     miss: { requests: 100, databaseCalls: at < 720 ? 300 : 500, times: [[172, 60], [176, 40]] },
 *     none: { requests: 0, databaseCalls: 0, times: [] },
 *   },
 * });
 * const records = Array.from({ length: 780 }, (_, at) => minute(at));
 * const { verdict } = judgeDeployment({ deployedAtMinute: 720, releaseId: '1.1.0', records, nowMinute: 781 });
 * if (verdict !== 'more database work') throw new Error(verdict);
 * ```
 */
export function judgeDeployment(input: DeploymentInput): DeployVerdict {
  checkInput(input);
  const { deployedAtMinute, releaseId } = input;
  const readings = readingsAt(input);
  const { releases, refused } = mergeRecords(input.records);
  const history = settledHistory(releases, deployedAtMinute);
  const previousReleaseId = previousRelease(input, history, releases, deployedAtMinute + (readings.latest ?? 0));
  const known = { previousReleaseId, refusedRecords: refused };
  if (readings.latest === null) {
    return collectingVerdict({ releaseId, firstReadingMinute: readings.nextMinute ?? 0, ...known });
  }

  const { mode, windows, comparisons, tooFew, placebo } = compareReleases(
    { releaseId, previousReleaseId, releases, history },
    { deployedAtMinute, reading: readings.latest },
  );
  const [before, after] = [summariseSide(windows.before), summariseSide(windows.after)];
  const unknown = unknownCacheStatus(before, after);
  const testable = comparisons.filter((comparison) => {
    if (comparison.kind === 'errors') return before.errors + after.errors >= fewestErrors;
    return unknown === undefined && !isIdle(comparison);
  });
  const judged = judgeTests(testable, { alpha: falseAlarms / readings.count, placebo });
  const numbers: DeployNumbers = {
    mode,
    readAfterMinutes: readings.latest,
    nextReadingMinute: readings.nextMinute,
    before,
    after,
    comparisons: placebo?.moments ?? 0,
    historyHours: placebo?.hours ?? 0,
    tests: judged.tests,
    tooFew,
    ...known,
  };
  const missing = findMissing({ before, after, tooFew, unknown });
  const verdict = chooseWord(judged.tests, missing === undefined);
  const found = {
    verdict,
    preliminary: verdict !== 'not enough data' && placebo !== undefined && placebo.moments < fewestPlacebos,
    numbers,
    smallestChange: judged.smallestChange,
  };
  return { ...found, sentence: sentenceOf(found, { releaseId, missing }) };
}

/** Requests that never call a database: there is nothing to compare, and they must not make the family larger. */
function isIdle({ kind, before, after }: Comparison): boolean {
  return kind === 'databaseCalls' && before === 0 && after === 0;
}
