import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { checkPackage, createPackageFromTarballData, type Analysis, type Problem } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { publishedPackages, type PublishedPackage } from '../../scripts/published-packages.ts';

const run = promisify(execFile);
const packages = publishedPackages();

interface Packed {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Packs as publishing does, without asking a registry: the package of a folder, or workspaces of it. */
async function pack(directory: string, destination: string, workspaces: readonly string[] = []): Promise<Packed[]> {
  const args = ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', destination];
  const { stdout } = await run('npm', [...args, ...workspaces.map((name) => `--workspace=${name}`)], {
    cwd: directory,
    maxBuffer: 1e8,
  });
  return JSON.parse(stdout) as Packed[];
}

const tarballOf = (folder: string, packed: Packed | undefined) =>
  new Uint8Array(readFileSync(path.join(folder, packed?.filename ?? 'nothing was packed'))).buffer;

function ofOldResolvers(problem: Problem): boolean {
  return 'resolutionKind' in problem && ['node10', 'node16-cjs'].includes(problem.resolutionKind);
}

let packFolder: string;
let allPacked: readonly Packed[];

// One start of npm for all of them.
beforeAll(async () => {
  packFolder = mkdtempSync(path.join(tmpdir(), 'packed-'));
  const names = packages.map(({ manifest }) => manifest.name);
  allPacked = await pack(path.resolve(import.meta.dirname, '../..'), packFolder, names);
}, 120_000);
afterAll(() => rmSync(packFolder, { recursive: true, force: true }));

describe.each(packages.map((published) => [published.manifest.name, published] as const))(
  '%s, packed',
  (_name, published) => {
    const { directory, manifest }: PublishedPackage = published;
    let contents: ArrayBuffer;
    let files: string[];

    beforeAll(() => {
      const mine = allPacked.find(({ name }) => name === manifest.name);
      files = mine?.files.map((file) => file.path) ?? [];
      contents = tarballOf(packFolder, mine);
    });

    it('says what publishing wants to know', () => {
      expect(manifest).toMatchObject({ type: 'module', license: 'MIT', publishConfig: { access: 'public' } });
      expect(manifest['sideEffects']).toBeDefined();
      expect(manifest['engines']).toMatchObject({ node: expect.stringMatching(/^>=/) as string });
      expect(String(manifest['description']).length).toBeGreaterThan(20);
      const keywords = manifest['keywords'] as string[];
      expect(keywords.length).toBeGreaterThan(3);
      expect(keywords).toEqual(keywords.toSorted());
    });

    it('holds its licence and its README, and no test', () => {
      expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']));
      expect(files.filter((file) => /\.test\.|(^|\/)(testing|fixtures)\//.test(file))).toEqual([]);
    });

    it('holds every file that its manifest names, with types for every module', () => {
      const targets = Object.values(manifest.exports).flatMap((target) =>
        typeof target === 'string' ? [target] : [target.types, target.default],
      );
      const named = [...targets, ...Object.values(manifest.bin ?? {}), ...[manifest['main'] ?? []].flat()].map(String);
      expect(named.map((file) => path.posix.normalize(file)).filter((file) => !files.includes(file))).toEqual([]);
      expect(targets.filter((file) => /(?<!\.d)\.[cm]?ts$/.test(file))).toEqual([]);
    });

    it('depends on exact versions of its siblings', () => {
      const versions = new Map(packages.map((sibling) => [sibling.manifest.name, sibling.manifest.version]));
      const dependencies = Object.entries((manifest['dependencies'] ?? {}) as Record<string, string>);
      const siblings = dependencies.filter(([name]) => versions.has(name));
      expect(siblings).toEqual(siblings.map(([name]) => [name, versions.get(name)]));
    });

    it('passes publint', { timeout: 60_000 }, async () => {
      const { messages } = await publint({ pack: { tarball: contents }, strict: true });
      expect(messages.map(({ code, path: place }) => `${place.join('.')}: ${code}`)).toEqual([]);
    });

    it('passes are-the-types-wrong', { timeout: 60_000 }, async () => {
      const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(contents)));
      // Without any types it would have nothing to find wrong.
      expect(analysis.types).toEqual({ kind: 'included' });
      const { problems } = analysis as Analysis;
      // Packages are ESM only: how a `require` of an old resolver would find them is no question.
      expect(problems.filter((problem) => !ofOldResolvers(problem))).toEqual([]);
    });

    it('has a README with a program, which the tests of examples run', () => {
      expect(readFileSync(path.join(directory, 'README.md'), 'utf8')).toMatch(/^```ts$/m);
    });
  },
);

// docs/decisions/0010 and 0011 say why.
it.each(['@seaworthy/defaults', '@seaworthy/healthcheck', '@seaworthy/jobs'])('%s depends on nothing', (name) => {
  const manifest = packages.find((published) => published.manifest.name === name)?.manifest;
  expect(manifest?.['dependencies']).toBeUndefined();
  const [peers, optional] = ['peerDependencies', 'peerDependenciesMeta'].map((field) =>
    Object.keys(manifest?.[field] ?? {}),
  );
  expect(peers).toEqual(optional);
});

describe('a package with faults', () => {
  let folder: string;
  let tarball: ArrayBuffer;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'faulty-'));
    const manifest = {
      name: 'faulty',
      version: '0.0.0',
      type: 'module',
      exports: {
        '.': { default: './index.js', types: './index.d.ts' },
        './gone': { types: './gone.d.ts', default: './gone.js' },
      },
    };
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(path.join(folder, 'index.js'), 'export const named = 1;\n');
    writeFileSync(path.join(folder, 'index.d.ts'), 'declare const named: number;\nexport = named;\n');
    const [packed] = await pack(folder, folder);
    tarball = tarballOf(folder, packed);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is refused by publint', async () => {
    const { messages } = await publint({ pack: { tarball }, strict: true });
    expect(messages.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['FILE_DOES_NOT_EXIST', 'EXPORTS_TYPES_SHOULD_BE_FIRST']),
    );
  });

  it('is refused by are-the-types-wrong', { timeout: 60_000 }, async () => {
    const { problems } = (await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)))) as Analysis;
    const kinds = problems.filter((problem) => !ofOldResolvers(problem)).map(({ kind }) => kind);
    expect(kinds).toContain('NoResolution');
  });
});
