import type { DeployVerdict, MinuteRecord } from '../healthcheck.ts';

/** A minute without its time and release; `times` holds bucket and count by turns. */
export interface Shape {
  readonly requests: number;
  readonly errors: number;
  readonly strata: Readonly<Record<'hit' | 'miss' | 'none', StratumShape>>;
}

interface StratumShape {
  readonly requests: number;
  readonly databaseCalls: number;
  readonly times: readonly number[];
}

/** What one process recorded: the numbers of shapes, one a minute; -1 where there is no record. */
export interface Timeline {
  readonly releaseId: string;
  readonly fromMinute: number;
  readonly shapes: readonly number[];
}

/** One file of `contract/verdicts`. */
export interface HistoryFile {
  readonly about: string;
  readonly input: {
    readonly deployedAtMinute: number;
    readonly releaseId: string;
    readonly previousReleaseId?: string;
    readonly nowMinute: number;
    readonly readAfterMinutes?: readonly number[];
  };
  readonly shapes: readonly Shape[];
  readonly timelines: readonly Timeline[];
  /** Records that are malformed, as a damaged history holds them. */
  readonly records?: readonly unknown[];
  readonly expected: DeployVerdict;
}

export function shapeOf({ requests, errors, strata }: MinuteRecord): Shape {
  const stratum = ({ times, ...counts }: MinuteRecord['strata']['hit']) => ({ ...counts, times: times.flat() });
  return {
    requests,
    errors,
    strata: { hit: stratum(strata.hit), miss: stratum(strata.miss), none: stratum(strata.none) },
  };
}

/** The records of a file, in the order of its timelines. */
export function recordsOf({ shapes, timelines, records = [] }: Omit<HistoryFile, 'expected'>): MinuteRecord[] {
  const wellFormed = timelines.flatMap(({ releaseId, fromMinute, shapes: numbers }) =>
    numbers.flatMap((number, index) => {
      const shape = shapes[number];
      return shape === undefined ? [] : [{ minute: fromMinute + index, releaseId, ...withPairs(shape) }];
    }),
  );
  return [...wellFormed, ...(records as MinuteRecord[])];
}

function withPairs({ requests, errors, strata }: Shape): Omit<MinuteRecord, 'minute' | 'releaseId'> {
  const stratum = ({ times, ...counts }: StratumShape): MinuteRecord['strata']['hit'] => ({
    ...counts,
    times: times.flatMap((bucket, index) => (index % 2 === 0 ? [[bucket, times[index + 1] ?? 0] as const] : [])),
  });
  return {
    requests,
    errors,
    strata: { hit: stratum(strata.hit), miss: stratum(strata.miss), none: stratum(strata.none) },
  };
}
