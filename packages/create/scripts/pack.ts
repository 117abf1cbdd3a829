// Ends the build: puts each template into an archive, and packs the sibling packages for services generated from source.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { hashTree, readTemplate } from '../src/plan/template.ts';

import { packTemplates } from './pack-templates.ts';

const here = path.resolve(import.meta.dirname, '..');
const templates = path.resolve(here, '../../templates');
const vendor = path.join(here, 'vendor');
const builtTemplates = ['node-service', 'python-service'];
const siblings = ['defaults', 'healthcheck', 'jobs', 'preset'];

function packSiblings(): void {
  rmSync(vendor, { recursive: true, force: true });
  mkdirSync(vendor);
  const index: Record<string, string> = {};
  for (const sibling of siblings) {
    const folder = path.resolve(here, '..', sibling);
    const { name, main } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
      name: string;
      main?: string;
    };
    if (main !== undefined && !existsSync(path.join(folder, main)))
      throw new Error(`${name} is not built: run npm run build at the root`);
    const printed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', vendor], {
      cwd: folder,
      encoding: 'utf8',
    });
    const packed = path.join(
      vendor,
      path
        .basename(/"filename": "([^"]+)"/.exec(printed)?.[1] ?? '')
        .replace('@', '')
        .replace('/', '-'),
    );
    const hash = createHash('sha256').update(readFileSync(packed)).digest('hex').slice(0, 12);
    const file = path.basename(packed).replace(/\.tgz$/, `-${hash}.tgz`);
    renameSync(packed, path.join(vendor, file));
    index[name] = file;
  }
  writeFileSync(path.join(vendor, 'vendor.json'), `${JSON.stringify(index, null, 2)}\n`);
}

function packBuiltTemplates(): void {
  const trees = builtTemplates.map((template) => {
    const archive = path.join(here, `dist/${template}.tgz`);
    packTemplates(templates, archive, template);
    return [template, hashTree(readTemplate(archive, template))] as const;
  });
  // Beside the archives, so that a check unpacks none of them.
  writeFileSync(
    path.join(here, 'dist/templates.json'),
    `${JSON.stringify(Object.fromEntries(trees), null, 2)}
`,
  );
}

packBuiltTemplates();
packSiblings();
