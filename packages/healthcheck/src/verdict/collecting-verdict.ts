import type { DeployVerdict } from './deploy-verdict.ts';
import { smallestChange } from './smallest-change.ts';
import { summariseSide } from './summarise-side.ts';
import { sentenceOf } from './wording.ts';

interface Collecting {
  readonly releaseId: string;
  readonly firstReadingMinute: number;
  readonly previousReleaseId: string | null;
  readonly refusedRecords: number;
}

/** The answer before the first reading: nothing is compared, however bad it looks. */
export function collectingVerdict({ releaseId, firstReadingMinute, ...known }: Collecting): DeployVerdict {
  const found = {
    verdict: 'not enough data',
    preliminary: false,
    collecting: { firstReadingMinute },
    numbers: {
      mode: null,
      readAfterMinutes: null,
      nextReadingMinute: firstReadingMinute,
      before: summariseSide([]),
      after: summariseSide([]),
      comparisons: 0,
      historyHours: 0,
      tests: [],
      tooFew: [],
      ...known,
    },
    smallestChange: smallestChange([]),
  } as const;
  return { ...found, sentence: sentenceOf(found, { releaseId, missing: undefined }) };
}
