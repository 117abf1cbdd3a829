import { ScaffoldError } from '../errors.ts';

import { answersSchema } from './answers.ts';
import { readTokens, toTokens, type Token } from './command-line-tokens.ts';
import { argumentOf, argumentsOfAnswers, isSwitch } from './flags.ts';

const command = 'npx plop service --';
const example = `${command} --name=orders-api --language=python --owner=team-orders`;

/** The help of the command: one line for each answer. */
export function helpText(): string {
  const rows = Object.entries(answersSchema.shape).map(([name, schema]) => {
    const flag = isSwitch(name) ? `--${argumentOf(name)}` : `--${argumentOf(name)}=…`;
    const description = isSwitch(name) ? `do not ${schema.description ?? ''}` : (schema.description ?? '');
    const fallback = schema.safeParse(undefined);
    const note =
      !isSwitch(name) && fallback.success && fallback.data !== undefined ? ` [${String(fallback.data)}]` : '';
    return `  ${flag.padEnd(16)}${description}${note}`;
  });
  return `Scaffolds a service with runbook, checklist and staging configuration.\n\n  ${example}\n\n${rows.join('\n')}\n`;
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}

function asksForHelp(tokens: readonly Token[]): boolean {
  return tokens.some((token) => token.kind === 'option' && (token.name === 'help' || token.name === 'h'));
}

/** Plop would drop the names of our flags and obey flags of its own, such as `--force`. */
function refuseBeforeDashes(tokens: readonly Token[], after: readonly string[]): never {
  const ours = tokens.flatMap((token) => {
    if (token.kind !== 'option' || !argumentsOfAnswers.has(token.name)) return [];
    return [token.value === undefined ? `--${token.name}` : `--${token.name}=${token.value}`];
  });
  const others = tokens.flatMap((token) => {
    if (token.kind === 'positional') return [token.value];
    return token.kind === 'option' && !argumentsOfAnswers.has(token.name) ? [token.rawName] : [];
  });
  const problems = others.length > 0 ? [`${others.join(', ')}: not understood; nothing is ever overwritten`] : [];
  if (ours.length > 0) problems.push('flags belong after --');
  const corrected = [...ours, ...after];
  const instead = corrected.length === 0 ? example : [command, ...corrected.map(quoted)].join(' ');
  throw new ScaffoldError('SCAFFOLD_ARGUMENTS', [...problems, `instead: ${instead}`]);
}

/** Reads the arguments of plop, those after the first `--`: strict, `--name=x` and `--name x` alike. */
export function parseCommandLine(
  argv: readonly string[],
): { help: true } | { help: false; input: Record<string, unknown> } {
  const dashes = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const generator = argv[0] === 'service' ? 1 : 0;
  const after = argv.slice(dashes + 1);
  const before = toTokens(argv.slice(generator, dashes));
  const tokens = toTokens(after);
  if (asksForHelp(before) || asksForHelp(tokens)) return { help: true };
  if (before.length > 0) refuseBeforeDashes(before, after);
  const { problems, input } = readTokens(tokens);
  if (problems.length > 0) throw new ScaffoldError('SCAFFOLD_ARGUMENTS', [...problems, `usage: ${example}`]);
  return { help: false, input };
}
