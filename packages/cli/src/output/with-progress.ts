import type { Screen } from './screen.ts';

/** Says on a terminal what is being waited for, once it takes longer than a second; the line is gone when it ends. */
export async function withProgress<T>(screen: Screen, what: string, work: () => Promise<T>): Promise<T> {
  if (screen.isTTY !== true) return work();
  let width = 0;
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += 1;
    const line = `${what}: ${seconds}s`;
    screen.write(`\r${line}`);
    width = line.length;
  }, 1_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (width > 0) screen.write(`\r${' '.repeat(width)}\r`);
  }
}
