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
      throw new ScaffoldError('SCAFFOLD_WRITE', [`${received} came while writing`, 'trying again is safe']);
    },
    release() {
      for (const name of names) process.off(name, listen);
    },
  };
}
