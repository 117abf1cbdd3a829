import { leaseLost } from '../errors/job-errors.ts';
import type { Hold } from '../ledger/job-store.ts';

/** Tells a run to stop: when its caller does, and when its lease is over by the monotonic clock of this process. */
export class LeaseSignal {
  readonly #hold: Hold;
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(hold: Hold, outer: AbortSignal | undefined) {
    this.#hold = hold;
    this.#outer = outer;
    outer?.addEventListener('abort', this.#stop, { once: true });
    if (outer?.aborted === true) this.#stop();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** @param askedAtMs - `performance.now()` from before the store wrote the lease, which begins later */
  extend(askedAtMs: number): void {
    clearTimeout(this.#timer);
    const { leaseMs } = this.#hold;
    const leftMs = Math.max(0, askedAtMs + leaseMs - performance.now());
    const abort = () => this.#controller.abort(leaseLost(this.#hold, this.#hold.attempt));
    this.#timer = setTimeout(abort, leftMs).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#stop);
  }

  readonly #stop = (): void => this.#controller.abort(this.#outer?.reason);
}
