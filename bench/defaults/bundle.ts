import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';

import * as defaults from '@seaworthy/defaults';

import { runNode } from '../run-node.ts';

import { peersFolder } from './measure.ts';

interface Bundle {
  readonly gzipKb: number;
  readonly contents: string;
  /** What the bundled program printed. */
  readonly settings: Readonly<Record<string, unknown>>;
}

// Every variable is stated: a better default must not make the two programs differ.
const environment = {
  DEPLOY_ENVIRONMENT: 'production',
  HTTP_HOST: '10.0.4.7',
  HTTP_PORT: '3000',
  HTTP_REQUEST_TIMEOUT: '20s',
  HTTP_HEADERS_TIMEOUT: '10s',
  HTTP_KEEP_ALIVE_TIMEOUT: '90s',
  HTTP_KEEP_ALIVE_TIMEOUT_BUFFER: '2s',
  HTTP_BALANCER_IDLE_TIMEOUT: '70s',
  HTTP_HANDLER_TIMEOUT: '15s',
  HTTP_DRAIN_TIMEOUT: '10s',
  HTTP_MAX_HEADER_SIZE: '32KiB',
  HTTP_BODY_LIMIT: '2MiB',
  HTTP_MAX_REQUESTS_PER_SOCKET: '1000',
  HTTP_TRUSTED_PROXIES: '10.0.0.0/8',
  HTTP_MAX_EVENT_LOOP_DELAY: '2s',
  HTTP_SHED_RETRY_AFTER: '5s',
};

function bundle(program: string): Bundle {
  const outfile = path.join(peersFolder, 'node_modules/.bundles', program);
  const esbuild = path.join(peersFolder, 'node_modules/.bin/esbuild');
  const flags = ['--bundle', '--minify', '--platform=node', '--format=esm', '--target=node22', `--outfile=${outfile}`];
  const { status, stderr } = spawnSync(esbuild, [program, ...flags, '--log-level=warning'], {
    cwd: peersFolder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${program} cannot be bundled:\n${stderr}`);
  const contents = readFileSync(outfile, 'utf8');
  return {
    gzipKb: gzipSync(contents, { level: 9 }).length / 1_000,
    contents,
    settings: runNode(outfile, [], environment).answer as Bundle['settings'],
  };
}

/** The names of variables that belong to the groups nobody asked for. */
function foreignNames(): string[] {
  const exported: readonly unknown[] = Object.values(defaults);
  return exported.flatMap((value) => {
    if (value === defaults.httpServer || typeof value !== 'object' || value === null || !('settings' in value))
      return [];
    return Object.values(value.settings as Record<string, { readonly env?: string }>).flatMap(({ env }) => env ?? []);
  });
}

export interface BundleSizes {
  readonly oursKb: number;
  readonly zodKb: number;
  /** How many settings each of the two programs loads. */
  readonly settings: { readonly ours: number; readonly zod: number };
  /** Names of other groups: how many there are, and how many the bundle still carries. */
  readonly foreign: { readonly declared: number; readonly carried: number };
}

/** Bundles a program that loads one group, and the same with zod; both run, and have to read every setting alike. */
export function measureBundles(): BundleSizes {
  const ours = bundle('one-group.mjs');
  const zod = bundle('one-group-zod.mjs');
  const misread = Object.keys(zod.settings).filter((key) => !isDeepStrictEqual(zod.settings[key], ours.settings[key]));
  if (misread.length > 0) throw new Error(`one-group.mjs and one-group-zod.mjs read ${misread.join(', ')} otherwise`);
  const names = foreignNames();
  const carried = names.filter((name) => ours.contents.includes(name)).length;
  return {
    oursKb: ours.gzipKb,
    zodKb: zod.gzipKb,
    settings: { ours: Object.keys(ours.settings).length, zod: Object.keys(zod.settings).length },
    foreign: { declared: names.length, carried },
  };
}
