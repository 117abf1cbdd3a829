import { ScaffoldError } from '../errors.ts';

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Holds back the signals that would end the process, so that what was begun can be taken away first. */
export function holdSignals() {
  let received: NodeJS.Signals | undefined;
  const listen = (signal: NodeJS.Signals) => {
    received = signal;
  };
  for (const name of names) process.on(name, listen);
  return {
    throwIfReceived() {
      if (received === undefined) return;
      const problems = [`${received} came while writing`, 'trying again is safe'];
      throw new ScaffoldError('SCAFFOLD_CANCELLED', problems, { signal: received });
    },
    release() {
      for (const name of names) process.off(name, listen);
    },
  };
}
