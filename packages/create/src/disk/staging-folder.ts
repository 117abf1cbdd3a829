import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readlinkSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';

const pattern = /^\.[a-z][a-z0-9-]*\.seaworthy-(?<place>[0-9a-f]{8})-(?<pid>\d+)-[0-9a-f]{12}$/;

/** Where a process number means one process: this host, and on Linux this container. */
function processPlace(): string {
  let namespace = '';
  try {
    namespace = readlinkSync('/proc/self/ns/pid');
  } catch {
    // Not Linux: the host's name alone has to do.
  }
  return createHash('sha256').update(`${hostname()} ${namespace}`).digest('hex').slice(0, 8);
}

/** The name of the folder in which a service is put together; it says whose it is. */
export function stagingName(name: string, pid = process.pid): string {
  return `.${name}.seaworthy-${processPlace()}-${pid}-${randomBytes(6).toString('hex')}`;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and is somebody else's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

// A run takes seconds: a process of the same number is likely another one by then.
const longestRunMs = 3_600_000;

function isOld(folder: string): boolean {
  const changedAt = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
  return Date.now() - changedAt > longestRunMs;
}

export interface Leftovers {
  /** Folders of runs that have ended here, which is certain: their process is gone. */
  readonly abandoned: readonly string[];
  /** Folders of runs on other machines, in other containers, or of a process that runs suspiciously long: whether they have ended cannot be told from here. */
  readonly unknown: readonly string[];
}

/** The staging folders that earlier runs have left in a folder. */
export function findLeftovers(folder: string): Leftovers {
  const abandoned: string[] = [];
  const unknown: string[] = [];
  const here = processPlace();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const { place, pid } = pattern.exec(entry.name)?.groups ?? {};
    if (pid === undefined || !entry.isDirectory()) continue;
    const found = path.join(folder, entry.name);
    if (place !== here) unknown.push(found);
    else if (!isRunning(Number(pid))) abandoned.push(found);
    else if (isOld(found)) unknown.push(found);
  }
  return { abandoned, unknown };
}
