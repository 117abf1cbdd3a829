import { warmUpMinutes } from './readings.ts';
import { type Minute, type MinutesOfRelease, minutesBetween } from './release-minutes.ts';

/** A release that was away for this long starts anew. */
const absentMinutes = 10;

type Releases = ReadonlyMap<string, MinutesOfRelease>;

/** The minutes before a deployment, without the first ones of a release that took over from another. */
export function settledHistory(releases: Releases, deployedAtMinute: number): Map<string, MinutesOfRelease> {
  const settled = new Map<string, MinutesOfRelease>();
  for (const [releaseId, minutes] of releases) {
    const kept = new Map<number, Minute>();
    let last = -Infinity;
    let settledFrom = -Infinity;
    for (const at of [...minutes.keys()].filter((minute) => minute < deployedAtMinute).sort((a, b) => a - b)) {
      if (at - last > absentMinutes && anotherServed(releases, releaseId, at)) settledFrom = at + warmUpMinutes;
      last = at;
      const minute = minutes.get(at);
      if (at >= settledFrom && minute !== undefined) kept.set(at, minute);
    }
    if (kept.size > 0) settled.set(releaseId, kept);
  }
  return settled;
}

function anotherServed(releases: Releases, releaseId: string, minute: number): boolean {
  return [...releases].some(
    ([other, minutes]) => other !== releaseId && minutesBetween(minutes, minute - absentMinutes, minute).length > 0,
  );
}
