import type { RedactedUrl } from '@seaworthy/defaults';

/** Whether DATABASE_URL names a file; otherwise it names a PostgreSQL. */
export function isSqlite(location: RedactedUrl): boolean {
  return location.toURL().protocol === 'sqlite:';
}
