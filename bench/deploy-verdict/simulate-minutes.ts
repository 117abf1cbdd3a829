import { bucketCount, bucketOf, type MinuteRecord } from './healthcheck.ts';
import type { Random } from './random.ts';

/** How a service behaves: requests and their times are log-normal, load is carried over from minute to minute. */
export interface Service {
  readonly requestsPerSecond: number;
  readonly hitRatio: number;
  /** The share of requests that ask no cache. */
  readonly uncachedShare: number;
  /** Correlation of the load of neighbouring minutes, and its standard deviation as a logarithm. */
  readonly loadCorrelation: number;
  readonly loadDeviation: number;
  /** The share of minutes in which everything takes 1.8 times as long. */
  readonly spikes: number;
  readonly errorRate: number;
  /** Errors come in bursts: the rate of a minute varies as an exponential does. */
  readonly bursts: boolean;
}

/** What a deployment does to a service. */
export interface Change {
  /** The cache is empty and fills in about 5 minutes; the first two minutes take 1.5 times as long. */
  readonly coldStart?: boolean;
  readonly hitRatio?: number;
  /** Requests that no longer say whether a cache answered: they are counted as those that asked none. */
  readonly lostStatuses?: number;
  /** By how much response times are multiplied. */
  readonly hitFactor?: number;
  readonly missFactor?: number;
  readonly uncachedFactor?: number;
  /** The widths of the distributions, as logarithms: a wider one has a longer tail and the same median. */
  readonly missDeviation?: number;
  readonly errorFactor?: number;
  readonly callsPerHit?: number;
  readonly callsPerMiss?: number;
  readonly callsPerUncached?: number;
}

/** The logarithm of the load, carried on from minute to minute. */
export interface Load {
  level: number;
}

export function startLoad(service: Service, random: Random): Load {
  return { level: service.loadDeviation * random.normal() };
}

export function advanceLoad({ loadCorrelation, loadDeviation }: Service, load: Load, random: Random): void {
  const innovation = Math.sqrt(1 - loadCorrelation ** 2) * loadDeviation * random.normal();
  load.level = loadCorrelation * load.level + innovation;
}

/** Which minute of which release it is; `age` is undefined before the deployment. */
interface When {
  readonly minute: number;
  readonly releaseId: string;
  readonly age?: number;
}

/** One minute of requests under a load. */
export function simulateMinute(
  service: Service,
  change: Change,
  level: number,
  { minute, releaseId, age }: When,
  random: Random,
): MinuteRecord {
  const deployed: Change = age === undefined ? {} : change;
  const cold = deployed.coldStart === true && age !== undefined;
  const spike = random.uniform() < service.spikes ? 1.8 : 1;
  const slowness = Math.exp(level) * spike * (cold && age < 2 ? 1.5 : 1);
  const warmRatio = deployed.hitRatio ?? service.hitRatio;
  const hitRatio = cold ? warmRatio * (1 - Math.exp(-(age + 0.5) / 5)) : warmRatio;
  const requests = random.poisson(service.requestsPerSecond * 60 * Math.exp(0.5 * level));
  const burst = service.bursts ? -Math.log(random.uniform() + 1e-12) : 1;
  const errorRate = Math.min(1, service.errorRate * burst * (deployed.errorFactor ?? 1));
  const strata = {
    hit: new Stratum(2000 * Math.sqrt(slowness) * (deployed.hitFactor ?? 1), 0.4),
    miss: new Stratum(30_000 * slowness * (deployed.missFactor ?? 1), deployed.missDeviation ?? 0.6),
    none: new Stratum(12_000 * slowness * (deployed.uncachedFactor ?? 1), 0.5),
  };
  let errors = 0;
  for (let request = 0; request < requests; request += 1) {
    if (random.uniform() < errorRate) errors += 1;
    else {
      const asked = service.uncachedShare === 0 || random.uniform() >= service.uncachedShare;
      const { hit, miss, none } = strata;
      const answeredBy = asked ? (random.uniform() < hitRatio ? hit : miss) : none;
      const counted =
        deployed.lostStatuses !== undefined && random.uniform() < deployed.lostStatuses ? none : answeredBy;
      counted.count(answeredBy.draw(random));
    }
  }
  return {
    minute,
    releaseId,
    requests,
    errors,
    strata: {
      hit: strata.hit.read(deployed.callsPerHit ?? 0),
      miss: strata.miss.read(deployed.callsPerMiss ?? 3),
      none: strata.none.read(deployed.callsPerUncached ?? 1),
    },
  };
}

class Stratum {
  readonly #medianUs: number;
  readonly #deviation: number;
  readonly #buckets = new Uint32Array(bucketCount);
  #requests = 0;

  constructor(medianUs: number, deviation: number) {
    this.#medianUs = medianUs;
    this.#deviation = deviation;
  }

  draw(random: Random): number {
    return this.#medianUs * Math.exp(this.#deviation * random.normal());
  }

  count(us: number): void {
    const bucket = bucketOf(us);
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#requests += 1;
  }

  read(callsPerRequest: number) {
    const times: [bucket: number, count: number][] = [];
    for (const [bucket, held] of this.#buckets.entries()) if (held > 0) times.push([bucket, held]);
    return { requests: this.#requests, databaseCalls: this.#requests * callsPerRequest, times };
  }
}
