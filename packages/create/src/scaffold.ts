import path from 'node:path';

import { parseAnswers, type Answers } from './answers/answers.ts';
import {
  checkTarget,
  currentFolder,
  isService,
  nearestFolder,
  refuseExisting,
  refuseUnwritable,
} from './disk/check-target.ts';
import type { DiskWriter } from './disk/disk-writer.ts';
import { belongsToRepository, firstCommit } from './disk/git.ts';
import { hostNodeVersion, runsTypeScript } from './disk/host-node.ts';
import { vendoredPackages } from './disk/vendored-packages.ts';
import { runSetUp } from './disk/run-set-up.ts';
import { writeService } from './disk/write-service.ts';
import { engineVersion } from './engine-version.ts';
import { builtArchive } from './plan/built-archive.ts';
import { planService } from './plan/plan-service.ts';
import { readTemplate, sha256, type FileTree } from './plan/template.ts';
import type { ServiceComparison } from './update/compare-service.ts';

export interface ScaffoldOptions {
  /** What relative folders start from. @default the working directory */
  readonly cwd?: string;
  /** Packed packages for the service to carry; without it, it depends on the versions that the template names. */
  readonly vendorDirectory?: string;
  /** The archive of templates. @default the one built into this package */
  readonly archive?: string;
  /** @default what `node` on the PATH says, leaving out the folders of projects */
  readonly hostNode?: string;
  /** Plans and checks everything, compares it with a service that stands there already, and writes nothing. @default false */
  readonly dryRun?: boolean;
  /** Replaces the calls that change the disk, for tests. */
  readonly writer?: DiskWriter;
}

/** A file of the plan. */
export interface PlannedFileFacts {
  readonly path: string;
  /** In octal, as `chmod` takes it. */
  readonly mode: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What was written, or would be. */
export interface ScaffoldResult {
  readonly answers: Answers;
  /** The absolute path of the service. */
  readonly target: string;
  readonly files: readonly string[];
  readonly plan: readonly PlannedFileFacts[];
  /** False after a dry run. */
  readonly written: boolean;
  /** True when the set-up of the service has run. */
  readonly installed: boolean;
  readonly durationMs: number;
  /** What the user should know or do by hand. */
  readonly notes: readonly string[];
  /** How the service that stands there already differs from the plan; of a dry run only. */
  readonly comparison?: ServiceComparison;
}

function factsOf(files: FileTree): PlannedFileFacts[] {
  return Array.from(files, ([file, { contents, mode }]) => ({
    path: file,
    mode: mode.toString(8),
    bytes: contents.byteLength,
    sha256: sha256(contents),
  }));
}

interface Place {
  readonly target: string;
  readonly inRepository: boolean;
}

async function planOf(answers: Answers, options: ScaffoldOptions, { inRepository }: Place): Promise<FileTree> {
  const template = `${answers.language}-service`;
  // Asked first, and awaited last: the answer comes from another process.
  const hostNode = options.hostNode === undefined ? hostNodeVersion() : Promise.resolve(options.hostNode);
  const carried = await vendoredPackages(answers.language, options.vendorDirectory);
  return planService({
    answers,
    template: readTemplate(options.archive ?? builtArchive(template), template),
    engineVersion,
    tagPrefix: inRepository ? `${answers.name}@` : 'v',
    ...carried,
    bundleNode: answers.language === 'node' && !runsTypeScript(await hostNode),
  });
}

/** Writes the plan with its first commit; returns what the user should know. */
async function write(answers: Answers, files: FileTree, { target, inRepository }: Place, writer?: DiskWriter) {
  const notes: string[] = [];
  const finish = async (folder: string) => {
    if (!answers.git || inRepository) return;
    const note = await firstCommit(folder, `Start ${answers.name} from the ${answers.language} template`, target);
    if (note !== undefined) notes.push(note);
  };
  const leftovers = await writeService(target, files, { ...(writer === undefined ? {} : { writer }), finish });
  return [...notes, ...leftovers];
}

async function planAndWrite(answers: Answers, options: ScaffoldOptions, target: string) {
  await refuseExisting(target);
  const parent = await nearestFolder(path.dirname(target));
  await refuseUnwritable(parent);
  const inRepository = await belongsToRepository(parent, target);
  const place = { target, inRepository };
  const files = await planOf(answers, options, place);
  const notes = options.dryRun === true ? [] : await write(answers, files, place, options.writer);
  return { files, notes };
}

/** Compares the service that stands in the place with what these answers would write. */
async function compare(answers: Answers, options: ScaffoldOptions, target: string) {
  const { compareService } = await import('./update/compare-service.ts');
  return { ...(await compareService(target, answers, options)), notes: [] };
}

/**
 * Scaffolds a service: renders it whole in memory, writes it beside its place and renames it once.
 *
 * A run that fails leaves the disk as it was. Where a service stands already only a dry run is possible: it compares
 * the two. Without git, or without an identity, the service is complete all the same and a note says which commands make
 * the first commit. The set-up runs only with the answer `install`, and prints on stderr; no other command of the
 * template is ever run.
 *
 * @throws {ScaffoldError} for wrong answers, a target that cannot be used, a disk that cannot be written, and on a dry run
 * a service that cannot be read or whose update has not ended.
 * @example
 * ```ts
 * import { existsSync, mkdtempSync, rmSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import path from 'node:path';
 * import { scaffold } from 'create-seaworthy';
 * const cwd = mkdtempSync(path.join(tmpdir(), 'example-'));
 * const { target } = await scaffold({ name: 'orders-api', language: 'python', owner: 'team-orders', git: false }, { cwd });
 * if (!existsSync(path.join(target, 'RUNBOOK.md'))) throw new Error('the runbook is missing');
 * rmSync(cwd, { recursive: true });
 * ```
 */
export async function scaffold(
  input: Readonly<Record<string, unknown>>,
  options: ScaffoldOptions = {},
): Promise<ScaffoldResult> {
  const startedAt = performance.now();
  const answers = parseAnswers(input);
  const { cwd = currentFolder(), dryRun = false } = options;
  const target = await checkTarget(cwd, answers.directory, answers.name);
  const compared = dryRun && (await isService(target)) ? await compare(answers, options, target) : undefined;
  const { files, notes } = compared ?? (await planAndWrite(answers, options, target));
  const durationMs = performance.now() - startedAt;
  const installed = answers.install && !dryRun;
  if (installed) await runSetUp(target);
  return {
    answers,
    target,
    files: [...files.keys()],
    // Most callers do not look at it, and it hashes every file.
    get plan() {
      return factsOf(files);
    },
    written: !dryRun,
    installed,
    durationMs,
    notes,
    ...(compared === undefined ? {} : { comparison: compared.comparison }),
  };
}
