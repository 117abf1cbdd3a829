import { pairedWindows, sequentialWindows, type Span } from './choose-windows.ts';
import { clusteredDifference } from './clustered-difference.ts';
import { type Compared, compareWindows, type Windows } from './compare-windows.ts';
import type { DeployNumbers } from './deploy-verdict.ts';
import { fewestMinutes } from './difference.ts';
import { pairedDifference } from './paired-difference.ts';
import { type PlaceboHistory, placeboHistory } from './placebo-history.ts';
import type { MinutesOfRelease } from './release-minutes.ts';

/** What was recorded of which release. */
export interface Known {
  readonly releaseId: string;
  readonly previousReleaseId: string | null;
  readonly releases: ReadonlyMap<string, MinutesOfRelease>;
  readonly history: ReadonlyMap<string, MinutesOfRelease>;
}

export interface ComparedReleases extends Compared {
  readonly mode: DeployNumbers['mode'];
  readonly windows: Windows;
  /** Undefined side by side, where nothing needs to be scaled. */
  readonly placebo: PlaceboHistory | undefined;
}

/** Side by side where both releases served at once, unless only the minutes before have enough requests. */
export function compareReleases(
  { releaseId, previousReleaseId, releases, history }: Known,
  span: Span,
): ComparedReleases {
  const current = releases.get(releaseId);
  const windows = sequentialWindows(history.get(previousReleaseId ?? ''), current, span);
  const shared =
    previousReleaseId === releaseId ? undefined : pairedWindows(releases.get(previousReleaseId ?? ''), current, span);
  if (shared !== undefined) {
    const compared = compareWindows(shared, pairedDifference);
    if (compared.comparisons.some(({ kind }) => kind === 'p50') || windows.before.length < fewestMinutes) {
      return { ...compared, mode: 'side by side', windows: shared, placebo: undefined };
    }
  }
  return {
    ...compareWindows(windows, clusteredDifference),
    mode: 'before and after',
    windows,
    placebo: placeboHistory(history, { ...span, gapMinutes: windows.gapMinutes }),
  };
}
