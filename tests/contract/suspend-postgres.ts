import { onTestFinished } from 'vitest';

/** A connection that was given up takes its process with it, once that goes on. */
function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Stops every process of a server, so that it hangs, and returns what lets them go on; the end of the test does, too. */
export async function suspendPostgres(
  query: (sql: string) => Promise<readonly Record<string, unknown>[]>,
): Promise<() => void> {
  const rows = await query(`SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()
    UNION SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::integer`);
  const signal = (what: 'SIGSTOP' | 'SIGCONT') => rows.forEach(({ pid }) => signalIfThere(Number(pid), what));
  const wakeUp = () => signal('SIGCONT');
  onTestFinished(wakeUp);
  signal('SIGSTOP');
  return wakeUp;
}
