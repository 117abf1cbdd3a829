import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { writeProject } from './describe-one-line-uses.ts';

const preset = path.resolve(import.meta.dirname, '../..');
const tools = ['@types/node', 'oxfmt', 'oxlint', 'oxlint-tsgolint', 'tsup', 'typescript', 'vitest'];

/** How a project installs its packages; pnpm is `isolated` unless told otherwise, and then nothing finds what it does not name. */
export type PackageManager = 'npm' | 'pnpm hoisted' | 'pnpm isolated';

function run(program: string, args: readonly string[], cwd: string): string {
  // No answer is asked for, and a package manager that this process runs under has no say in the project.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm|pnpm)_/i.test(name)));
  return execFileSync(program, args, { cwd, encoding: 'utf8', env: { ...env, CI: 'true' }, stdio: 'pipe' });
}

/** A project in a folder of its own with the preset installed from the tarball that would be published; returns the folder. */
export function installPacked(manager: PackageManager): string {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'preset-packed-'));
  const packed = run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], preset);
  const [tarball] = JSON.parse(packed) as { filename: string }[];
  if (tarball === undefined) throw new Error(`npm pack answered ${packed}`);
  writeProject(folder);
  writeFileSync(path.join(folder, 'package.json'), manifest(`file:./${tarball.filename}`));
  if (manager === 'npm') {
    run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'], folder);
  } else {
    writeFileSync(path.join(folder, 'pnpm-workspace.yaml'), `nodeLinker: ${manager.replace('pnpm ', '')}\n`);
    run('pnpm', ['install', '--ignore-scripts', '--prefer-offline', '--no-frozen-lockfile'], folder);
  }
  return folder;
}

/** A manifest with the preset and the tools in the versions of this repository. */
function manifest(presetVersion: string): string {
  const root = JSON.parse(readFileSync(path.join(preset, '../../package.json'), 'utf8')) as {
    devDependencies: Readonly<Record<string, string>>;
  };
  const versions = tools.map((name) => [name, root.devDependencies[name]] as const);
  return JSON.stringify({
    name: 'sample',
    version: '0.0.0',
    private: true,
    type: 'module',
    devDependencies: { '@seaworthy/preset': presetVersion, ...Object.fromEntries(versions) },
  });
}
