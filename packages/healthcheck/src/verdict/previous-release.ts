import type { DeploymentInput } from './deployment-input.ts';
import { warmUpMinutes } from './readings.ts';
import { type MinutesOfRelease, minutesBetween } from './release-minutes.ts';

/** How long both windows of a comparison may be apart, and how long the one before is. */
export const windowMinutes = 30;

type Releases = ReadonlyMap<string, MinutesOfRelease>;

/** The release to compare with; null where no other one, nor the same one earlier, was recorded. */
export function previousRelease(
  { deployedAtMinute, releaseId, previousReleaseId }: DeploymentInput,
  history: Releases,
  releases: Releases,
  untilMinute: number,
): string | null {
  if (previousReleaseId !== undefined) return previousReleaseId;
  const recordsIn = (all: Releases, id: string, from: number, until: number) =>
    minutesBetween(all.get(id), from, until);
  const recently = deployedAtMinute - windowMinutes;
  // After a restart of a release that has long served, another one that serves beside it was not replaced.
  const restarted = recordsIn(history, releaseId, recently - windowMinutes, recently).length > 0;
  const wentOn = (id: string) => recordsIn(releases, id, deployedAtMinute + warmUpMinutes, untilMinute).length > 0;
  const others = [...releases.keys()].filter((id) => id !== releaseId && !(restarted && wentOn(id)));
  const replaced = busiest(latest(history, others, recently), (id) =>
    recordsIn(history, id, recently, deployedAtMinute),
  );
  if (replaced !== undefined) return replaced;
  if (recordsIn(history, releaseId, recently, deployedAtMinute).length > 0) return releaseId;
  return busiest(others, (id) => recordsIn(releases, id, deployedAtMinute, untilMinute)) ?? null;
}

/** Those that served last; clocks may disagree by a minute. */
function latest(history: Releases, ids: readonly string[], sinceMinute: number): string[] {
  const lastMinutes = ids.map((id) => Math.max(-Infinity, ...(history.get(id)?.keys() ?? [])));
  const last = Math.max(sinceMinute, ...lastMinutes);
  return ids.filter((_, index) => (lastMinutes[index] ?? -Infinity) >= Math.max(sinceMinute, last - 1));
}

function busiest(
  ids: readonly string[],
  recorded: (id: string) => readonly { readonly requests: number }[],
): string | undefined {
  const served = ids.map((id) => ({ id, requests: recorded(id).reduce((sum, { requests }) => sum + requests, 0) }));
  return served
    .filter(({ requests }) => requests > 0)
    .sort((left, right) => right.requests - left.requests || (left.id < right.id ? -1 : 1))[0]?.id;
}
