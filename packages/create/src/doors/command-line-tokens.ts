import { parseArgs } from 'node:util';

import { flags, type Flag, type RunFlags } from './flags.ts';

export type Token = ReturnType<typeof toTokens>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

const options = Object.fromEntries(
  Array.from(
    flags,
    ([argument, { value }]) => [argument, { type: value === undefined ? 'string' : 'boolean' }] as const,
  ),
);

/** Splits arguments into flags and words. Node's strict mode would stop at the first wrong one; here all are told. */
export function toTokens(args: readonly string[]) {
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

function problemOfValue({ rawName, value, inlineValue }: OptionToken, flag: Flag): string | undefined {
  if (flag.value !== undefined) return value === undefined ? undefined : `${rawName} takes no value`;
  // `--name --language=node`: the next flag is no value.
  const missing = value === undefined || (!inlineValue && value.startsWith('-'));
  return missing ? `${rawName} needs a value` : undefined;
}

export interface ReadTokens {
  readonly problems: string[];
  readonly input: Record<string, unknown>;
  readonly run: RunFlags;
  /** Words that are no flag, and no value of an unknown one. */
  readonly words: string[];
}

/** The answers and the run flags that were given, the words between them, and everything that was not understood. */
export function readTokens(tokens: readonly Token[]): ReadTokens {
  const read: ReadTokens = { problems: [], input: {}, run: {}, words: [] };
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1];
    if (token.kind === 'positional') {
      // The value of an unknown flag is not blamed a second time.
      if (previous?.kind !== 'option' || flags.has(previous.name)) read.words.push(token.value);
    } else if (token.kind === 'option') {
      const flag = flags.get(token.name);
      if (flag === undefined) read.problems.push(`${token.rawName}: there is no such flag`);
      else {
        const group = (flag.isAnswer ? read.input : read.run) as Record<string, unknown>;
        const twice = Object.hasOwn(group, flag.key) ? `${token.rawName} is given twice` : undefined;
        const problem = problemOfValue(token, flag) ?? twice;
        if (problem !== undefined) read.problems.push(problem);
        group[flag.key] = flag.value ?? token.value;
      }
    }
  }
  return read;
}

export function asksForHelp(tokens: readonly Token[]): boolean {
  return tokens.some((token) => token.kind === 'option' && (token.name === 'help' || token.name === 'h'));
}
