const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Holds back the signals that would end this process and leave its children; returns what lets them through again. */
export function onSignal(listener: (signal: NodeJS.Signals) => void): () => void {
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}
