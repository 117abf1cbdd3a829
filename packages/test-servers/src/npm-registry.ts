import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { freePort } from './free-port.ts';
import { startProcess, type ServerProcess } from './server-process.ts';

/** A registry of npm packages of its own: it keeps what is published to it, and passes on what others ask for. */
export interface NpmRegistry extends ServerProcess {
  readonly address: string;
  /** What makes npm, pnpm and changesets use it: for a process's environment. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * A setting of npm as a shell of this machine would see it: npm run by another Node looks for its global settings beside
 * that one, and within a workspace it answers nothing.
 */
function npmSetting(name: string, cwd: string): string | undefined {
  const own = Object.entries(process.env).filter(([variable]) => !/^npm_/i.test(variable));
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const PATH = folders.filter((folder) => !folder.split(path.sep).includes('node_modules')).join(path.delimiter);
  const env = { ...Object.fromEntries(own), PATH };
  const value = execFileSync('npm', ['config', 'get', name], { cwd, env, encoding: 'utf8' }).trim();
  return ['', 'null', 'undefined'].includes(value) ? undefined : value;
}

/** Anybody may publish what is ours, and nothing of ours is looked for elsewhere. */
function configuration(ours: readonly string[], upstream: string): string {
  return JSON.stringify({
    storage: './storage',
    auth: { htpasswd: { file: './htpasswd', max_users: -1 } },
    uplinks: { upstream: { url: upstream } },
    packages: {
      ...Object.fromEntries(ours.map((name) => [name, { access: '$all', publish: '$anonymous' }])),
      '**': { access: '$all', proxy: 'upstream' },
    },
    log: { type: 'stdout', format: 'json', level: 'warn' },
  });
}

/**
 * Starts verdaccio on a free port of 127.0.0.1, in a temporary folder.
 *
 * @param ours - names or patterns (`@scope/*`) of the packages that are published to it
 */
export async function startNpmRegistry(ours: readonly string[]): Promise<NpmRegistry> {
  const folder = mkdtempSync(path.join(tmpdir(), 'npm-registry-'));
  const upstream = npmSetting('registry', folder) ?? '';
  // JSON is YAML.
  writeFileSync(path.join(folder, 'config.yaml'), configuration(ours, upstream));
  const port = await freePort();
  const require = createRequire(import.meta.url);
  const verdaccio = path.join(path.dirname(require.resolve('verdaccio/package.json')), 'bin/verdaccio');
  const server = await startProcess({
    file: process.execPath,
    args: [verdaccio, '--config', 'config.yaml', '--listen', `127.0.0.1:${port}`],
    folder,
    // Where a network has a certificate of its own, npm was told of it.
    env: { NODE_EXTRA_CA_CERTS: process.env['NODE_EXTRA_CA_CERTS'] ?? npmSetting('cafile', folder) },
    ready: 'http address',
    stopSignal: 'TERM',
  });
  const address = `http://127.0.0.1:${port}/`;
  const npmrc = path.join(folder, 'npmrc');
  // npm publishes only with a token, whatever the registry makes of it; a shell would drop a variable of that name.
  writeFileSync(npmrc, `registry=${address}\n//127.0.0.1:${port}/:_authToken=anybody\n`);
  return {
    ...server,
    address,
    env: {
      npm_config_userconfig: npmrc,
      npm_config_registry: address,
      // A cache of its own: another registry on the same port once had other packages.
      npm_config_cache: path.join(folder, 'cache'),
    },
  };
}
