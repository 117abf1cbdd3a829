import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { sha256 } from './plan/template.ts';
import { scaffold, type PlannedFileFacts, type ScaffoldOptions } from './scaffold.ts';

export interface TemplateTestOptions extends Pick<ScaffoldOptions, 'archive' | 'vendorDirectory' | 'hostNode'> {
  readonly language: 'node' | 'python';
  /** What must pass in the service, in this order; the first one installs. @default `make setup`, `make lint`, `make test` */
  readonly commands?: readonly string[];
  /** What must also pass with the shortest name. @default `make lint` */
  readonly lint?: string;
  /** Where the first command installs to; the service with the shortest name shares it. @default `node_modules` or `.venv` */
  readonly installedFolder?: string;
  /** A service of this template with a name of 40 characters that is there already. @default one is scaffolded */
  readonly service?: string;
  /** The environment of the commands. @default this process's own, without what npm and vitest have added */
  readonly env?: NodeJS.ProcessEnv;
  /** The limit of each command. @default 10 minutes */
  readonly timeoutMs?: number;
}

const shortest = { name: 'ab', owner: 't1' };
const longest = { name: 'orders-api-with-the-longest-legal-name-0', owner: 'team-orders' };
const open = /\b(?:TODO|FIXME|XXX|TBD|CHANGE_?ME|PLACEHOLDER)\b|lorem ipsum/;
const added = /^(?:npm_|VITEST|INIT_CWD$|NODE_ENV$|NODE_OPTIONS$|DEPLOY_ENVIRONMENT$|TEST$)/;

function ownEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !added.test(name));
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const own = folders.filter((folder) => !folder.split(path.sep).includes('node_modules'));
  return { ...Object.fromEntries(entries), PATH: own.join(path.delimiter) };
}

interface Where {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
}

async function expectSuccess(command: string, { cwd, env, timeoutMs }: Where): Promise<void> {
  // In a group of its own: what it has started ends with it.
  const child = spawn('sh', ['-c', command], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    // Where it has just ended by itself there is nobody to end.
    if (child.exitCode === null) process.kill(-Number(child.pid), 'SIGKILL');
  }, timeoutMs);
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const [[code], stdout, stderr] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
  clearTimeout(limit);
  const late = isLate ? `it did not end within ${timeoutMs} ms\n` : '';
  expect(code, `${command}\n${late}${stdout}${stderr}`).toBe(0);
}

/** Paths of the service whose name or text matches; packed packages are not its text. */
function filesWith(pattern: RegExp, service: string, files: readonly PlannedFileFacts[]): string[] {
  return files.flatMap(({ path: file }) => {
    const contents = file.startsWith('vendor/') ? '' : readFileSync(path.join(service, file), 'latin1');
    return pattern.test(file) || pattern.test(contents) ? [file] : [];
  });
}

function changedFiles(service: string, files: readonly PlannedFileFacts[]): string[] {
  return files.flatMap(({ path: file, sha256: planned, mode }) => {
    const place = path.join(service, file);
    const same =
      existsSync(place) &&
      sha256(readFileSync(place)) === planned &&
      (statSync(place).mode & 0o100) === (Number.parseInt(mode, 8) & 0o100);
    return same ? [] : [file];
  });
}

function answersOf(service: string): Record<string, unknown> {
  const state = JSON.parse(readFileSync(path.join(service, '.seaworthy/state.json'), 'utf8')) as { answers: object };
  return { ...state.answers };
}

/**
 * Registers the tests that every template must pass, for a test file of vitest.
 *
 * The template is scaffolded with the shortest and the longest legal name. Its own name is in no path and no text, nothing
 * is left open, the same answers give the same bytes and are refused where the service stands, its own commands pass, and
 * working with it changes none of its files. What the first command installs is shared, so that it is installed once.
 *
 * @example
 * ```ts
 * import { testTemplate } from 'create-seaworthy/testing';
 * // In a test file of vitest: testTemplate({ language: 'node' });
 * if (typeof testTemplate !== 'function') throw new Error('the tests are missing');
 * ```
 */
export function testTemplate(options: TemplateTestOptions): void {
  const { language, archive, vendorDirectory, hostNode, timeoutMs = 600_000 } = options;
  const { commands = ['make setup', 'make lint', 'make test'], lint = 'make lint' } = options;
  const { installedFolder = language === 'node' ? 'node_modules' : '.venv' } = options;
  const env = options.env ?? ownEnvironment();
  const engine: ScaffoldOptions = {
    ...(archive === undefined ? {} : { archive }),
    ...(vendorDirectory === undefined ? {} : { vendorDirectory }),
    ...(hostNode === undefined ? {} : { hostNode }),
  };
  const parent = mkdtempSync(path.join(realpathSync(tmpdir()), 'template-'));
  const service = options.service ?? path.join(parent, longest.name);
  const short = path.join(parent, shortest.name);
  const write = (answers: object, extra: ScaffoldOptions = {}) =>
    scaffold({ language, git: false, directory: parent, ...answers }, { ...engine, ...extra });
  let files: readonly PlannedFileFacts[] = [];
  let shortFiles: readonly PlannedFileFacts[] = [];

  // Later than the limit of a command, which says what it had printed.
  describe(`the template of a ${language} service`, { timeout: timeoutMs + 10_000 }, () => {
    beforeAll(async () => {
      if (options.service === undefined) await write(longest);
      const elsewhere = path.join(parent, 'elsewhere');
      files = (await write({ ...answersOf(service), directory: elsewhere }, { dryRun: true })).plan;
      shortFiles = (await write(shortest)).plan;
    }, timeoutMs);
    afterAll(() => rmSync(parent, { recursive: true, force: true }));

    it('gives the same bytes for the same answers', () => {
      expect(changedFiles(service, files)).toEqual([]);
    });

    it('writes its own name in no path and no text', () => {
      expect([filesWith(/marlin/i, service, files), filesWith(/marlin/i, short, shortFiles)]).toEqual([[], []]);
    });

    it('leaves nothing open', () => {
      expect([filesWith(open, service, files), filesWith(open, short, shortFiles)]).toEqual([[], []]);
    });

    it('is refused where its service stands, and changes nothing there', async () => {
      const again = write({ ...answersOf(service), directory: path.dirname(service) });
      await expect(again).rejects.toMatchObject({ code: 'SCAFFOLD_TARGET' });
      expect(changedFiles(service, files)).toEqual([]);
    });

    it.each(commands)('passes %s', async (command) => {
      await expectSuccess(command, { cwd: service, env, timeoutMs });
    });

    it(`passes ${lint} with the shortest name`, async () => {
      const installed = path.join(service, installedFolder);
      if (existsSync(installed)) symlinkSync(installed, path.join(short, installedFolder));
      await expectSuccess(lint, { cwd: short, env, timeoutMs });
    });

    it('is what it was after its commands have run', () => {
      expect([changedFiles(service, files), changedFiles(short, shortFiles)]).toEqual([[], []]);
    });
  });
}
