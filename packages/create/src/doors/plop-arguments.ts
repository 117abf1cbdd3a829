import { shellWord } from '../disk/shell-word.ts';
import { ScaffoldError } from '../errors.ts';

import { asksForHelp, readTokens, toTokens, type Token } from './command-line-tokens.ts';
import type { Door, Request } from './door.ts';
import { flags } from './flags.ts';

/** The door of plop, for a generator of this name. */
export function plopDoor(generator = 'service'): Door {
  const command = `npx plop ${generator} --`;
  return { command, example: `${command} --name=orders-api --language=python --owner=team-orders`, defaults: {} };
}

/** Plop would drop the names of our flags and obey flags of its own, such as `--force`. */
function refuseBeforeDashes({ command, example }: Door, tokens: readonly Token[], after: readonly string[]): never {
  const ours = tokens.flatMap((token) => {
    if (token.kind !== 'option' || !flags.has(token.name)) return [];
    return [token.value === undefined ? `--${token.name}` : `--${token.name}=${token.value}`];
  });
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const others = tokens.flatMap((token) => (token.kind === 'option' && !flags.has(token.name) ? [token.rawName] : []));
  const problems = others.length > 0 ? [`${others.join(', ')}: not understood; nothing is ever overwritten`] : [];
  if (words.length > 0) problems.push(`${words.join(', ')}: not understood; expected flags only`);
  if (ours.length > 0) problems.push('flags belong after --');
  const given = [...ours, ...after];
  // One word by itself is the name, as it is for create-seaworthy.
  const isName = words.length === 1 && others.length === 0 && !given.some((word) => /^--name(=|$)/.test(word));
  const corrected = isName ? [`--name=${words.join('')}`, ...given] : given;
  const instead = corrected.length === 0 ? example : [command, ...corrected.map(shellWord)].join(' ');
  throw new ScaffoldError('SCAFFOLD_ARGUMENTS', [...problems, `instead: ${instead}`]);
}

/**
 * Reads the arguments of plop, those after the first `--`: strict, `--name=x` and `--name x` alike.
 *
 * @throws {ScaffoldError} `SCAFFOLD_ARGUMENTS`, with the command that was meant.
 */
export function parsePlopArguments(argv: readonly string[], door = plopDoor()): Request {
  const dashes = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const generator = door.command.split(' ')[2] === argv[0] ? 1 : 0;
  const after = argv.slice(dashes + 1);
  const before = toTokens(argv.slice(generator, dashes));
  const tokens = toTokens(after);
  if (asksForHelp(before) || asksForHelp(tokens)) return { kind: 'help' };
  if (before.length > 0) refuseBeforeDashes(door, before, after);
  const { problems, input, run, words } = readTokens(tokens);
  problems.push(...words.map((word) => `${word}: expected flags only`));
  if (problems.length > 0) throw new ScaffoldError('SCAFFOLD_ARGUMENTS', [...problems, `usage: ${door.example}`]);
  return { kind: 'run', run, input };
}
