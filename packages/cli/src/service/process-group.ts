import { setTimeout as sleep } from 'node:timers/promises';

/** False when no process of the group is left. */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}

/** Waits for what may never come. */
export async function atMost(ms: number, awaited: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  await Promise.race([awaited, sleep(ms, undefined, { signal: timer.signal })]);
  timer.abort();
}

/**
 * Ends every process of a group: asks once, and then does not ask.
 *
 * `closed` settles when nobody holds the group's outputs any more; from then on nothing is worth waiting long for. It
 * cannot be waited until the group is empty: where process 1 does not collect the dead, they stay in it.
 */
export async function endGroup(group: number, closed: Promise<unknown>): Promise<void> {
  signalGroup(group, 'SIGTERM');
  await atMost(2_000, closed);
  for (let waited = 0; waited < 200 && signalGroup(group, 0); waited += 20) await sleep(20);
  signalGroup(group, 'SIGKILL');
}
