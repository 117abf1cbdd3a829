import type { RequestMarks } from './request-marks.ts';
import { Traffic } from './traffic.ts';

const minuteMs = 60_000;

/** The current minute and the five before it. */
export const windowMinutes = 6;

/** What was recorded in one minute, by route; the sum of all is made for whoever asks, and costs a request nothing. */
interface Slot {
  minute: number;
  readonly routes: (Traffic | undefined)[];
}

/** The last minutes, in slots that are reused: memory does not grow with traffic. */
export class TrafficWindow {
  readonly #slots: readonly Slot[] = Array.from({ length: windowMinutes }, () => ({
    minute: Number.NEGATIVE_INFINITY,
    routes: [],
  }));
  #current: Slot | undefined;
  #currentEndsAtMs = Number.NEGATIVE_INFINITY;

  /** `route` is the place of the route in the list that `routes` is called with. */
  record(atMs: number, route: number, marks: RequestMarks, durationMs: number, status: number): void {
    // Looked up once a minute, not once a request.
    if (atMs >= this.#currentEndsAtMs) this.#turn(atMs);
    const slot = this.#current;
    if (slot === undefined) return;
    (slot.routes[route] ??= new Traffic()).record(marks, durationMs, status);
  }

  total(atMs: number): Traffic {
    return sumOf(this.#since(atMs).flatMap(({ routes }) => routes));
  }

  /** Sums by route, in the order of the names; a route without requests in the window is left out. */
  routes(atMs: number, names: readonly string[]): Map<string, Traffic> {
    const slots = this.#since(atMs);
    const found = new Map<string, Traffic>();
    for (const [index, name] of names.entries()) {
      const sum = sumOf(slots.map(({ routes }) => routes[index]));
      if (sum.requests > 0) found.set(name, sum);
    }
    return found;
  }

  /** Minutes that have ended and are still held, oldest first. */
  completed(atMs: number): { readonly minute: number; readonly total: Traffic }[] {
    const current = Math.floor(atMs / minuteMs);
    return this.#since(atMs)
      .filter(({ minute }) => minute < current)
      .sort((left, right) => left.minute - right.minute)
      .map(({ minute, routes }) => ({ minute, total: sumOf(routes) }));
  }

  #since(atMs: number): Slot[] {
    const oldest = Math.floor(atMs / minuteMs) - windowMinutes + 1;
    return this.#slots.filter(({ minute }) => minute >= oldest);
  }

  #turn(atMs: number): void {
    const minute = Math.floor(atMs / minuteMs);
    const slot = this.#slots[minute % windowMinutes];
    if (slot === undefined) return;
    if (slot.minute !== minute) {
      slot.minute = minute;
      for (const traffic of slot.routes) traffic?.clear();
    }
    this.#current = slot;
    this.#currentEndsAtMs = (minute + 1) * minuteMs;
  }
}

function sumOf(parts: readonly (Traffic | undefined)[]): Traffic {
  const sum = new Traffic();
  for (const part of parts) if (part !== undefined && part.requests > 0) sum.merge(part);
  return sum;
}
