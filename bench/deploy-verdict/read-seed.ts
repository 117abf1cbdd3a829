export const defaultSeed = 20_261_126;

/** The seed that `--seed 7` states, and the arguments without it; or what is wrong with it. */
export function readSeed(
  args: readonly string[],
): { readonly seed: number; readonly others: readonly string[] } | { readonly mistake: string } {
  const at = args.indexOf('--seed');
  if (at === -1) return { seed: defaultSeed, others: args };
  const text = args[at + 1] ?? '';
  const seed = Number(text);
  if (!/^[0-9]+$/.test(text) || seed > 0xffff_ffff) {
    return { mistake: `expected a seed from 0 to 4294967295 after --seed, got ${JSON.stringify(text)}` };
  }
  return { seed, others: args.toSpliced(at, 2) };
}
