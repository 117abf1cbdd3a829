type Command = (args: readonly string[]) => Promise<number>;

/**
 * The words that name a command of `create-seaworthy`.
 *
 * Each is loaded only when it is called.
 */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  update: async () => (await import('./update/update-arguments.ts')).runUpdate,
};

function refuse(word: string): Promise<number> {
  process.stderr.write(
    `${JSON.stringify(word)} is no command. Nothing was written.\n  - expected: create-seaworthy update\n`,
  );
  return Promise.resolve(64);
}

/** The command that the arguments call, and what is left of them. */
export async function chooseCommand(args: readonly string[]): Promise<() => Promise<number>> {
  const [word = '', ...rest] = args;
  const load = Object.hasOwn(commands, word) ? commands[word] : undefined;
  if (load === undefined) return () => refuse(word);
  const command = await load();
  return () => command(rest);
}
