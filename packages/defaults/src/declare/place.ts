/** What a setting without a variable belongs to: it is documented and checked by rules, and never loaded. */
export const platforms = [
  'kubernetes',
  'postgres-role',
  'redis-server',
  'uvicorn',
  'sqlalchemy',
  'queue',
  'pipeline',
] as const;

/** One of {@link platforms}. */
export type Platform = (typeof platforms)[number];

/** A setting that the process reads from its environment and its files. */
export interface InEnvironment {
  /** The environment variable, `HTTP_REQUEST_TIMEOUT`. */
  readonly env: string;
  readonly appliesTo?: never;
  readonly parameter?: never;
}

/** A setting that somebody else reads: the cluster, the database, the queue. */
export interface OnPlatform {
  readonly env?: never;
  readonly appliesTo: Platform;
  /** The name the platform gives it, `terminationGracePeriodSeconds`. */
  readonly parameter: string;
}

/** Where a setting takes effect: one of the two, never both. */
export type Place = InEnvironment | OnPlatform;
