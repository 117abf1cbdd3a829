import path from 'node:path';

import { parseAnswers, type Answers } from './answers/answers.ts';
import { checkTarget, nearestFolder } from './disk/check-target.ts';
import { belongsToRepository, firstCommit } from './disk/git.ts';
import { hostNodeVersion, runsTypeScript } from './disk/host-node.ts';
import { vendoredPackages } from './disk/vendored-packages.ts';
import { diskWriter, writeService, type DiskWriter } from './disk/write-service.ts';
import { builtArchive } from './plan/built-archive.ts';
import { engineVersion } from './engine-version.ts';
import { publishedPackages } from './plan/our-packages.ts';
import { planService } from './plan/plan-service.ts';
import { readTemplate } from './plan/template.ts';

export interface ScaffoldOptions {
  /** What relative folders start from. @default the working directory */
  readonly cwd?: string;
  /** Packed packages for the service to carry; without it the service depends on the published versions. */
  readonly vendorDirectory?: string;
  /** The archive of templates. @default the one built into this package */
  readonly archive?: string;
  /** @default what `node` on the PATH says, leaving out the folders of projects */
  readonly hostNode?: string;
  readonly writer?: DiskWriter;
}

/** What was written. */
export interface ScaffoldResult {
  readonly answers: Answers;
  /** The absolute path of the service. */
  readonly target: string;
  readonly files: readonly string[];
  readonly durationMs: number;
  /** What the user should know or do by hand. */
  readonly notes: readonly string[];
}

/**
 * Scaffolds a service: renders it whole in memory, writes it beside its place and renames it once.
 *
 * A run that fails leaves the disk as it was. Without git, or without an identity, the service is complete all the same
 * and a note says which commands make the first commit.
 *
 * @throws {ScaffoldError} for wrong answers, a target that cannot be used, and a disk that cannot be written.
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
  const { cwd = process.cwd(), archive = builtArchive, vendorDirectory, writer = diskWriter } = options;
  const target = await checkTarget(cwd, answers.directory, answers.name);
  const inRepository = await belongsToRepository(await nearestFolder(path.dirname(target)), target);
  const isNode = answers.language === 'node';
  const ours =
    isNode && vendorDirectory !== undefined
      ? await vendoredPackages(vendorDirectory)
      : publishedPackages(engineVersion);

  const files = planService({
    answers,
    template: await readTemplate(archive, `${answers.language}-service`),
    engineVersion,
    tagPrefix: inRepository ? `${answers.name}@` : 'v',
    ourPackages: ours.locations,
    vendored: ours.tarballs,
    bundleNode: isNode && !runsTypeScript(options.hostNode ?? (await hostNodeVersion())),
  });
  await writeService(target, files, writer);

  const message = `Start ${answers.name} from the ${answers.language} template`;
  const note = answers.git && !inRepository ? await firstCommit(target, message) : undefined;
  const durationMs = performance.now() - startedAt;
  return {
    answers,
    target,
    files: [...files.keys()],
    durationMs,
    notes: note === undefined ? [] : [note],
  };
}
