import path from 'node:path';

import { currentFolder } from '../disk/check-target.ts';
import { shellWord } from '../disk/shell-word.ts';
import { reportErrorJson } from '../doors/report-json.ts';
import { toScaffoldError, updateError, type ScaffoldErrorCode } from '../errors.ts';
import { printable } from '../printable.ts';

import type { CheckedService, CheckStatus } from './check-service.ts';
import type { TemplateSource } from './installed-template.ts';
import type { UpdateResult } from './update-service.ts';

/** Where a command prints: `process` is one. */
export interface UpdateOutput {
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly stderr: { write(text: string): unknown };
}

/** What stands on the command line. */
export interface UpdateCommand {
  /** @default the working directory */
  readonly directories?: readonly string[];
  readonly check?: boolean;
  readonly dryRun?: boolean;
  readonly continue?: boolean;
  readonly abort?: boolean;
  /** Ends an update, with `continue`, also where all that it changed is as it was before. */
  readonly keepYours?: boolean;
  readonly json?: boolean;
}

export interface UpdateCommandOptions extends TemplateSource {
  readonly cwd?: string;
}

/** What the exit code of an update says. */
export const updateExitCodes = {
  well: 0,
  refused: 1,
  cannotTell: 2,
  available: 3,
  drifted: 4,
  conflicts: 5,
  usage: 64,
} as const;

const exitCodes: Readonly<Partial<Record<ScaffoldErrorCode, number>>> = {
  UPDATE_ARGUMENTS: updateExitCodes.usage,
  UPDATE_SERVICE: updateExitCodes.cannotTell,
  UPDATE_STATE: updateExitCodes.cannotTell,
  UPDATE_GIT: updateExitCodes.cannotTell,
  SCAFFOLD_INTERNAL: updateExitCodes.cannotTell,
  UPDATE_PENDING: updateExitCodes.conflicts,
};

const statusCodes: readonly (readonly [CheckStatus, number])[] = [
  // The first that any service has decides.
  ['cannot tell', updateExitCodes.cannotTell],
  ['conflicts', updateExitCodes.conflicts],
  ['update available', updateExitCodes.available],
  ['drifted', updateExitCodes.drifted],
];

function table(rows: readonly (readonly string[])[], isTerminal: boolean): string {
  const shown = rows.map((row) => row.map(printable));
  if (!isTerminal)
    return shown
      .slice(1)
      .map((row) => `${row.join('\t')}\n`)
      .join('');
  const widths = (shown[0] ?? []).map((_cell, column) => Math.max(...shown.map((row) => row[column]?.length ?? 0)));
  return shown
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function detailOf({ reason, conflicts = [], drifted = [] }: CheckedService): string {
  if (reason !== undefined) return reason;
  return conflicts.length > 0 ? conflicts.join(', ') : drifted.join(', ');
}

async function check(
  directories: readonly string[],
  command: UpdateCommand,
  options: UpdateCommandOptions,
  { stdout }: UpdateOutput,
): Promise<number> {
  const { checkService } = await import('./check-service.ts');
  const services: CheckedService[] = [];
  for (const directory of directories) services.push(await checkService(directory, options));
  if (command.json === true) stdout.write(`${JSON.stringify({ services }, null, 2)}\n`);
  else {
    const header = ['SERVICE', 'STATUS', 'AT', 'AVAILABLE', 'EDITED', 'DETAIL'];
    const rows = services.map((one) => [
      one.service,
      one.status,
      one.from ?? '',
      one.to ?? '',
      String(one.edited ?? ''),
      detailOf(one),
    ]);
    stdout.write(table([header, ...rows], stdout.isTTY === true));
  }
  const found = statusCodes.find(([status]) => services.some((one) => one.status === status));
  return found?.[1] ?? updateExitCodes.well;
}

function conflictLines({ conflicts }: UpdateResult): string[] {
  return conflicts.map(({ file, beside }) =>
    beside === undefined ? `conflict  ${file}` : `conflict  ${file}: the other version is ${beside}`,
  );
}

function shown(result: UpdateResult, typed: string): string {
  const { outcome, from, to, written, removed, notes, conflicts, durationMs, diff } = result;
  const versions = from === to ? `${to}, whose template has changed` : `${from} to ${to}`;
  const files = written.length + removed.length;
  const lines = [
    ...written.map((file) => `write     ${file}`),
    ...removed.map((file) => `remove    ${file}`),
    ...conflictLines(result),
    ...notes.map((note) => `note      ${note}`),
  ];
  const count = `${files} file${files === 1 ? '' : 's'}`;
  const ends: Readonly<Record<UpdateResult['outcome'], readonly string[]>> = {
    current: [`Up to date: the service is at ${to}.`],
    updated: [
      `Updated from ${versions}: ${count} in ${Math.round(durationMs)}ms. Read the difference, run the tests, commit.`,
    ],
    planned: [`Would update from ${versions}: ${count}, ${conflicts.length} with a conflict. Nothing was written.`],
    conflicts: [
      `Updated from ${versions}, but for ${conflicts.length} of ${count}.`,
      'Resolve what lies between <<<<<<< yours and >>>>>>> template; remove a version that lies beside its file.',
      `Then: ${typed} --continue. To have everything as it was: ${typed} --abort.`,
    ],
  };
  const body = [...lines, ...ends[outcome]].map(printable).join('\n');
  return `${diff === undefined || diff === '' ? '' : `${diff}\n`}${body}\n`;
}

async function update(
  directory: string,
  command: UpdateCommand,
  options: UpdateCommandOptions,
  { stdout }: UpdateOutput,
): Promise<number> {
  const { updateService } = await import('./update-service.ts');
  const result = await updateService(directory, { ...options, dryRun: command.dryRun === true });
  // What was typed, with the folder where one was named.
  const named = (command.directories ?? []).map((one) => ` ${shellWord(one)}`).join('');
  const typed = `npx create-seaworthy update${named}`;
  stdout.write(command.json === true ? `${JSON.stringify(result, null, 2)}\n` : shown(result, typed));
  return result.conflicts.length > 0 ? updateExitCodes.conflicts : updateExitCodes.well;
}

async function end(
  directory: string,
  command: UpdateCommand,
  { cwd }: UpdateCommandOptions,
  { stdout }: UpdateOutput,
): Promise<number> {
  const { abortUpdate, continueUpdate } = await import('./end-update.ts');
  const where = cwd === undefined ? {} : { cwd };
  const ended =
    command.abort === true
      ? abortUpdate(directory, where)
      : continueUpdate(directory, { ...where, keepYours: command.keepYours === true });
  const text =
    command.abort === true
      ? `Everything is as it was: the service is at ${ended.from}.`
      : `Updated from ${ended.from} to ${ended.to}. Read the difference, run the tests, commit.`;
  const notes = ended.notes.map((note) => `note      ${note}\n`).join('');
  stdout.write(command.json === true ? `${JSON.stringify(ended, null, 2)}\n` : `${notes}${text}\n`);
  return updateExitCodes.well;
}

/** Says why an update was refused or has failed, and returns the exit code. */
export function reportFailure(thrown: unknown, asJson: boolean, { stdout, stderr }: UpdateOutput): number {
  const error = toScaffoldError(thrown);
  const exitCode = exitCodes[error.code] ?? updateExitCodes.refused;
  stderr.write(`${error.message}\n`);
  if (asJson) stdout.write(reportErrorJson(error, exitCode));
  return exitCode;
}

function refuseMixture({ directories = [], ...command }: UpdateCommand): void {
  const modes = [
    ['--check', command.check],
    ['--dry-run', command.dryRun],
    ['--continue', command.continue],
    ['--abort', command.abort],
  ].flatMap(([flag, given]) => (given === true ? [String(flag)] : []));
  const problems = modes.length > 1 ? [`${modes.join(' and ')}: one of them at a time`] : [];
  if (command.keepYours === true && command.continue !== true) problems.push('--keep-yours: it belongs to --continue');
  if (command.check !== true && directories.length > 1)
    problems.push(`${directories.length} services: only --check takes several; update them one by one`);
  if (problems.length > 0)
    throw updateError('UPDATE_ARGUMENTS', [
      ...problems,
      'usage: update [--check | --dry-run | --continue [--keep-yours] | --abort] [--json] [service]',
    ]);
}

/**
 * Runs the command `update` of either door and returns its exit code; what was refused or failed stands on `stderr`.
 *
 * @example
 * ```ts
 * import { updateCommand } from 'create-seaworthy';
 * const printed: string[] = [];
 * const screen = { write: (text: string) => printed.push(text) };
 * const exitCode = await updateCommand({ directories: ['packages'], check: true }, { stdout: screen, stderr: screen });
 * if (exitCode !== 2 || !printed.join('').includes('cannot tell')) throw new Error('packages is no service');
 * ```
 */
export async function updateCommand(
  command: UpdateCommand,
  output: UpdateOutput = process,
  options: UpdateCommandOptions = {},
): Promise<number> {
  const directories = command.directories?.length ? command.directories : ['.'];
  try {
    refuseMixture(command);
    if (command.check === true) return await check(directories, command, { cwd: currentFolder(), ...options }, output);
    const directory = path.resolve(options.cwd ?? currentFolder(), directories[0] ?? '.');
    if (command.continue === true || command.abort === true) return await end(directory, command, options, output);
    return await update(directory, command, options, output);
  } catch (error) {
    return reportFailure(error, command.json === true, output);
  }
}
