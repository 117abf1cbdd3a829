import { exitCodes, outputFailed, type CommandError } from './errors.ts';
import { run } from './run.ts';

// A reader such as head may close the pipe early: nothing is wrong then. Any other failure leaves the answer cut off.
let failure: CommandError | undefined;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') failure = outputFailed(error);
});
process.stderr.on('error', () => undefined);
process.on('exit', () => {
  if (failure === undefined) return;
  process.stderr.write(`${String(failure)}\n`);
  process.exitCode = exitCodes.cannotTell;
});

process.exitCode = await run(process.argv.slice(2));
