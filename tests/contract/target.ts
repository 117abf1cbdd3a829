/** A service that is held to the contract. */
export interface Target {
  readonly name: string;
  /** Holds its service.json. */
  readonly directory: string;
}

/** Whose health is told what jobs in other processes did. */
export const hearsOfJobs: Readonly<Record<'node' | 'python', boolean>> = { node: true, python: true };

/**
 * Which templates migrate as a step of their own, and have what came with it: PostgreSQL, Redis, idempotency keys and
 * lists in pages.
 */
export const migratesFirst: Readonly<Record<'node' | 'python', boolean>> = { node: true, python: true };
