import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { peersFolder } from './programs.ts';

/** Sources that every program is given, file by file. */
export interface SourceTree {
  readonly title: string;
  readonly folder: string;
  readonly files: readonly string[];
  readonly lines: number;
}

function sourceTree(title: string, folder: string, files: readonly string[]): SourceTree {
  const lines = files.map((file) => readFileSync(path.join(folder, file), 'utf8').split('\n').length - 1);
  return { title, folder, files, lines: lines.reduce((sum, count) => sum + count, 0) };
}

/** This repository: every tracked TypeScript file but the planted faults and the peers of benchmarks. */
export function thisRepository(): SourceTree {
  const folder = path.resolve(import.meta.dirname, '../..');
  const { status, stdout, stderr } = spawnSync('git', ['ls-files', '*.ts'], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ls-files failed:\n${stderr}`);
  const files = stdout.trim().split('\n');
  const chosen = files.filter((file) => !/^packages\/preset\/fixtures\/|^bench\/[a-z-]+\/peers\//.test(file));
  return sourceTree('this repository', folder, chosen);
}

/** One configuration that TypeScript 6 and 7 both take: what packages bring names options that 7 refuses. */
const compilerOptions = {
  strict: true,
  target: 'es2023',
  lib: ['es2023'],
  module: 'node16',
  types: ['node'],
  skipLibCheck: true,
  useUnknownInCatchVariables: false,
};

/** The sources that a published package brings, outside of this repository: its ignored folders are not linted. */
export function publishedPackage(name: string, version: string): SourceTree {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'bench-preset-'));
  const installed = path.join(peersFolder, 'node_modules', name);
  for (const part of ['src', 'package.json'])
    cpSync(path.join(installed, part), path.join(folder, part), { recursive: true });
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src/**/*'] }));
  symlinkSync(path.join(peersFolder, 'node_modules'), path.join(folder, 'node_modules'));
  const files = globSync('src/**/*.ts', { cwd: folder }).toSorted();
  return sourceTree(`the source of ${name} ${version}`, folder, files);
}
