type Command = (args: readonly string[]) => Promise<number>;

/**
 * The words that name a command of `create-seaworthy`; any other first word is the name of a new service.
 *
 * Each is loaded only when it is called.
 */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  update: async () => (await import('./update/update-arguments.ts')).runUpdate,
};

/** The command that the arguments call, and what is left of them. */
export async function chooseCommand(args: readonly string[]): Promise<() => Promise<number>> {
  const [word = '', ...rest] = args;
  const load = Object.hasOwn(commands, word) ? commands[word] : undefined;
  if (load !== undefined) {
    const command = await load();
    return () => command(rest);
  }
  const { runCreate } = await import('./doors/run-create.ts');
  return () => runCreate(args);
}
