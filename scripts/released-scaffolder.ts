import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { hashTree, readTemplate, type FileTree, type PlannedFile } from '../packages/create/src/plan/template.ts';
import { writeTar } from '../packages/create/src/plan/write-tar.ts';

const built = path.resolve(import.meta.dirname, '../packages/create');

/** What a release changes in both templates: the text of a file, from the one before. */
export type TemplateChanges = Readonly<Record<string, (text: string) => string>>;

function changed(files: FileTree, changes: TemplateChanges): FileTree {
  const next = new Map<string, PlannedFile>(files);
  for (const [file, change] of Object.entries(changes)) {
    const before = files.get(file);
    const after = change(before?.contents.toString('utf8') ?? '');
    if (after === before?.contents.toString('utf8')) throw new Error(`the release changes nothing in ${file}`);
    next.set(file, { contents: Buffer.from(after), mode: before?.mode ?? 0o644 });
  }
  return next;
}

/**
 * The built create-seaworthy as it lies installed in a folder, of another version and with changed templates.
 *
 * Returns its program.
 */
export function installRelease(folder: string, version: string, changes: TemplateChanges): string {
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(path.join(built, part), path.join(folder, part), { recursive: true });
  const manifest = path.join(folder, 'package.json');
  const facts = JSON.parse(readFileSync(manifest, 'utf8')) as object;
  writeFileSync(manifest, JSON.stringify({ ...facts, version }));
  const trees = ['node-service', 'python-service'].map((template) => {
    const archive = path.join(folder, `dist/${template}.tgz`);
    const tree = changed(readTemplate(archive, template), changes);
    const files = [...tree].map(([file, one]) => [`${template}/${file}`, one] as const);
    writeFileSync(archive, writeTar(new Map(files), 9));
    return [template, hashTree(tree)] as const;
  });
  writeFileSync(path.join(folder, 'dist/templates.json'), JSON.stringify(Object.fromEntries(trees)));
  return path.join(folder, 'bin/create-seaworthy.js');
}
