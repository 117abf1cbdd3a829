import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import { wrongValue } from '../errors/wrong-values.ts';

/** Counts what drivers publish about their queries, until it is stopped. */
export class PublishedQueries {
  readonly #channels = new Set<string>();
  readonly #count: () => void;

  constructor(onQuery: () => void) {
    this.#count = () => onQuery();
  }

  /** A channel is counted once, however often it is named. */
  count(channel: string): void {
    if (typeof channel !== 'string' || channel === '')
      throw wrongValue('HEALTH_ARGUMENT_INVALID', 'channel', channel, 'the name of a channel');
    if (this.#channels.has(channel)) return;
    this.#channels.add(channel);
    subscribe(channel, this.#count);
  }

  stop(): void {
    for (const channel of this.#channels) unsubscribe(channel, this.#count);
    this.#channels.clear();
  }
}
