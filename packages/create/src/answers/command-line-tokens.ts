import { parseArgs } from 'node:util';

import { argumentsOfAnswers, isSwitch } from './flags.ts';

export type Token = ReturnType<typeof toTokens>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

const options = Object.fromEntries(
  [...argumentsOfAnswers].map(
    ([argument, answer]) => [argument, { type: isSwitch(answer) ? 'boolean' : 'string' }] as const,
  ),
);

/** Splits arguments into flags and words. Node's strict mode would stop at the first wrong one; here all are told. */
export function toTokens(args: readonly string[]) {
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

function problemOfValue({ rawName, value, inlineValue }: OptionToken, answer: string): string | undefined {
  if (isSwitch(answer)) return value === undefined ? undefined : `${rawName} takes no value`;
  // `--name --language=node`: the next flag is no value.
  const missing = value === undefined || (!inlineValue && value.startsWith('-'));
  return missing ? `${rawName} needs a value` : undefined;
}

/** The answers that were given, and everything that was not understood. */
export function readTokens(tokens: readonly Token[]) {
  const problems: string[] = [];
  const input: Record<string, unknown> = {};
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1];
    if (token.kind === 'positional') {
      // The value of an unknown flag is not blamed a second time.
      if (previous?.kind !== 'option' || argumentsOfAnswers.has(previous.name))
        problems.push(`${token.value}: expected flags only`);
    } else if (token.kind === 'option') {
      const answer = argumentsOfAnswers.get(token.name);
      if (answer === undefined) problems.push(`${token.rawName}: there is no such flag`);
      else {
        const twice = Object.hasOwn(input, answer) ? `${token.rawName} is given twice` : undefined;
        const problem = problemOfValue(token, answer) ?? twice;
        if (problem !== undefined) problems.push(problem);
        input[answer] = isSwitch(answer) ? false : token.value;
      }
    }
  }
  return { problems, input };
}
