import { CommanderError } from 'commander';

import { CommandError, exitCodes, internalError } from './errors.ts';
import type { Output } from './output/screen.ts';
import { createProgram } from './program.ts';

/**
 * Runs one command line and returns its exit code; it throws nothing, and what went wrong stands on `stderr`.
 *
 * The environment and the current folder are those of this process. SIGINT, SIGTERM and SIGHUP end what it has started.
 *
 * @example
 * ```ts
 * import { run } from 'seaworthy';
 * const printed: string[] = [];
 * const screen = { write: (text: string) => printed.push(text) };
 * const exitCode = await run(['config', 'verify', 'prod'], { stdout: screen, stderr: screen });
 * if (exitCode !== 64 || !printed.join('').includes('production')) throw new Error('prod is no environment');
 * ```
 */
export async function run(words: readonly string[], output: Output = process): Promise<number> {
  // A command that ends without an exit code has not done what it was asked for.
  let exitCode: number = exitCodes.cannotTell;
  try {
    await createProgram(output, (code) => (exitCode = code)).parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.well : exitCodes.usage;
    const failure = error instanceof CommandError ? error : internalError(error);
    output.stderr.write(`${String(failure)}\n`);
    // The one error whose stack somebody needs: nothing the caller did is wrong.
    if (failure.code === 'CLI_INTERNAL' && error instanceof Error) output.stderr.write(`${error.stack}\n`);
    return failure.exitCode;
  }
}
