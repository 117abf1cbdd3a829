/** A signal that SIGTERM and SIGINT abort with that reason, instead of ending the process at once: a command ends between two steps. */
export function abortedBySignals(reason: () => Error): AbortSignal {
  const controller = new AbortController();
  // npm passes on what its whole process group got already: a second one must not end the process either.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => controller.abort(reason()));
  return controller.signal;
}
