/** One file of `migrations/`: applied once, in a transaction of its own. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly file: string;
  readonly sql: string;
  /** Of the bytes of the file: a migration that was applied is never changed. */
  readonly sha256: string;
}

/** A database that remembers which migrations it has. */
export interface MigratedDatabase {
  /** The sha256 of each that was applied, by its number; nothing where none ever was. */
  applied(): Promise<ReadonlyMap<number, string>>;
  /** Applies one while nobody else applies any; answers the sha256 of what somebody else has applied meanwhile instead. */
  apply(migration: Migration): Promise<string | undefined>;
}

// The same in every database and language, so that each knows what the other has applied.
export const createLedger = `CREATE TABLE IF NOT EXISTS schema_migrations (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  applied_at TEXT NOT NULL
)`;
