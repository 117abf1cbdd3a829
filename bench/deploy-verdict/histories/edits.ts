import type { Timeline } from './history-file.ts';
import { deployedAtMinute, previousReleaseId } from './recipe.ts';

/** Leaves out every minute of which the test says so; minutes count from the deployment. */
export function withoutMinutes(isMissing: (minute: number, timeline: Timeline) => boolean) {
  return (timelines: readonly Timeline[]): Timeline[] =>
    timelines.map((timeline) => ({
      ...timeline,
      shapes: timeline.shapes.map((shape, index) =>
        isMissing(timeline.fromMinute + index - deployedAtMinute, timeline) ? -1 : shape,
      ),
    }));
}

/** Cuts timelines into hours and puts the last hour first. */
export function outOfOrder(timelines: readonly Timeline[]): Timeline[] {
  return timelines
    .flatMap(({ releaseId, fromMinute, shapes }) =>
      Array.from({ length: Math.ceil(shapes.length / 60) }, (_, hour) => ({
        releaseId,
        fromMinute: fromMinute + hour * 60,
        shapes: shapes.slice(hour * 60, (hour + 1) * 60),
      })),
    )
    .toReversed();
}

/** The clocks of the first and of the last process are a minute off, in opposite directions. */
export function clocksThatDisagree(timelines: readonly Timeline[]): Timeline[] {
  return timelines.map((timeline, index) => {
    const offset = index === 0 ? -1 : index === timelines.length - 1 ? 1 : 0;
    return { ...timeline, fromMinute: timeline.fromMinute + offset };
  });
}

/** From one minute to another, counted from the deployment, the previous release bears another name. */
export function renamed(from: number, until: number, releaseId: string) {
  return (timelines: readonly Timeline[]): Timeline[] =>
    timelines.flatMap((timeline) => {
      if (timeline.releaseId !== previousReleaseId) return [timeline];
      const part = (start: number, end: number, name: string) => {
        const [first, last] = [start, end].map((minute) =>
          Math.min(timeline.shapes.length, Math.max(0, deployedAtMinute + minute - timeline.fromMinute)),
        ) as [number, number];
        return {
          releaseId: name,
          fromMinute: timeline.fromMinute + first,
          shapes: timeline.shapes.slice(first, last),
        };
      };
      return [
        part(-Infinity, from, timeline.releaseId),
        part(from, until, releaseId),
        part(until, Infinity, timeline.releaseId),
      ].filter(({ shapes }) => shapes.length > 0);
    });
}
