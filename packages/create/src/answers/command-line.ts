import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

import { ScaffoldError } from '../errors.ts';

import { answersSchema, flagOf } from './answers.ts';

const command = 'npx plop service --';
const example = `${command} --name=orders-api --language=python --owner=team-orders`;
const answers = Object.entries(answersSchema.shape);
// Where plop looks for its plopfile, and whether it shows its progress.
const plopsOwn = /^--(plopfile|cwd|preload)=|^--no-progress$/;

function isSwitch(name: string): boolean {
  return name === 'git';
}

/** What stands after the two dashes; an answer that is on unless refused has a flag that switches it off. */
function argumentOf(name: string): string {
  return isSwitch(name) ? `no-${name}` : flagOf(name).slice(2);
}

/** The help of the command: one line for each answer. */
export function helpText(): string {
  const rows = answers.map(([name, schema]) => {
    const flag = isSwitch(name) ? `--${argumentOf(name)}` : `--${argumentOf(name)}=…`;
    const description = isSwitch(name) ? `do not ${schema.description ?? ''}` : (schema.description ?? '');
    const fallback = schema.safeParse(undefined);
    const note =
      !isSwitch(name) && fallback.success && fallback.data !== undefined ? ` [${String(fallback.data)}]` : '';
    return `  ${flag.padEnd(16)}${description}${note}`;
  });
  return `Scaffolds a service with runbook, checklist and staging configuration.\n\n  ${example}\n\n${rows.join('\n')}\n`;
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new ScaffoldError('SCAFFOLD_ARGUMENTS', [...problems, `usage: ${example}`]);
}

/** What stands before the first `--` is plop's: it would drop our flags' names there and take their values by position. */
function refuseBeforeDashes(before: readonly string[]): void {
  const [first = '', ...rest] = before.filter((argument) => !plopsOwn.test(argument));
  const others = first === 'service' ? rest : [first, ...rest].filter((argument) => argument !== '');
  const ours = others.some((argument) => answers.some(([name]) => argument.split('=')[0] === `--${argumentOf(name)}`));
  if (ours) refuse([`our flags belong after --: ${command} ${others.join(' ')}`]);
  refuse(others.map((argument) => `${argument}: not known here; say what is meant after --`));
}

/** Reads the arguments of plop, those after the first `--`: `--name=x` and `--name x` alike, every mistake at once. */
export function parseCommandLine(
  argv: readonly string[],
): { help: true } | { help: false; input: Record<string, unknown> } {
  const dashes = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const before = argv.slice(0, dashes);
  const args = argv.slice(dashes + 1);
  if ([...before, ...args].includes('--help')) return { help: true };
  refuseBeforeDashes(before);

  const known = new Map(answers.map(([name]) => [argumentOf(name), name]));
  const options: ParseArgsOptionsConfig = {};
  for (const [argument, name] of known) options[argument] = { type: isSwitch(name) ? 'boolean' : 'string' };
  const { tokens, values } = parseArgs({ args, options, strict: false, tokens: true });
  refuse(
    tokens.flatMap((token) => {
      if (token.kind === 'positional') return [`${token.value}: not expected; every answer is a flag`];
      if (token.kind === 'option-terminator') return ['--: not expected a second time'];
      const name = known.get(token.name);
      if (name === undefined) return [`${token.rawName}: there is no such flag`];
      if (isSwitch(name)) return token.value === undefined ? [] : [`${token.rawName}: takes no value`];
      return token.value === undefined ? [`${token.rawName}: a value is missing`] : [];
    }),
  );
  const given = Object.entries(values).map(([argument, value]) => {
    const name = known.get(argument) ?? argument;
    return [name, isSwitch(name) ? false : value] as const;
  });
  return { help: false, input: Object.fromEntries(given) };
}
