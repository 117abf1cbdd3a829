import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { onTestFinished } from 'vitest';

import type { ImportEvent, ImportSettings } from './import-settings.ts';

const program = path.join(import.meta.dirname, 'import-worker.ts');

type EventOf<Name> = Extract<ImportEvent, { event: Name }>;

export interface ImportProcess {
  /** The next event of that kind, also one that has come already; rejects when the process ends without. */
  next<Name extends ImportEvent['event']>(name: Name): Promise<EventOf<Name>>;
  signal(name: NodeJS.Signals): void;
  /** Resolves with everything it printed. */
  readonly ended: Promise<ImportEvent[]>;
}

/** Starts `import-worker.ts`; it ends with the test. `shell` runs before it, in the same shell. */
export function startImport(settings: ImportSettings, shell = ''): ImportProcess {
  const command = [process.execPath, program, JSON.stringify(settings)];
  const child = spawn('sh', ['-c', `${shell} exec "$0" "$@"`, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const events: ImportEvent[] = [];
  let read = 0;
  const output = createInterface(child.stdout);
  let wake = Promise.withResolvers<void>();
  const awaken = () => {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  };
  let isClosed = false;
  output.on('line', (line) => {
    events.push(JSON.parse(line) as ImportEvent);
    awaken();
  });
  const ended = Promise.all([once(child, 'close'), once(output, 'close')]).then(() => {
    isClosed = true;
    awaken();
    return events;
  });
  return {
    ended,
    signal: (name) => void child.kill(name),
    async next(name) {
      for (;;) {
        const at = events.findIndex(({ event }, index) => index >= read && event === name);
        if (at >= 0) {
          read = at + 1;
          return events[at] as EventOf<typeof name>;
        }
        if (isClosed) throw new Error(`no ${name} from the worker: ${JSON.stringify(events.slice(-3))}\n${errors}`);
        // oxlint-disable-next-line no-await-in-loop -- one event after the other
        await wake.promise;
      }
    },
  };
}
