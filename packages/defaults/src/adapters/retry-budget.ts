// Tokens are counted in millionths, the finest ratio a setting can have, so that no sum drifts.
const token = 1_000_000;
const rememberedCalls = 100;

/** Says whether a retry may be made; one for each client. */
export interface RetryBudget {
  /** Counts a call. */
  call(): void;
  /** Takes one retry from the budget; false when there is none left. */
  retry(): boolean;
}

/**
 * Allows as many retries as `ratio` of the calls, so that retries cannot multiply the load of an outage.
 *
 * `reserve` retries are there from the start, for a client that calls rarely. What successful calls have saved up is
 * bounded: after a million of them an outage still meets the ratio, not a hundred thousand retries.
 */
export function createRetryBudget(ratio: number, reserve: number): RetryBudget {
  const gain = Math.round(ratio * token);
  const most = Math.max(reserve * token, rememberedCalls * gain);
  let tokens = ratio === 0 ? 0 : reserve * token;
  return {
    call() {
      tokens = Math.min(most, tokens + gain);
    },
    retry() {
      if (tokens < token) return false;
      tokens -= token;
      return true;
    },
  };
}
