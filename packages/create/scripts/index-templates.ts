import { writeFileSync } from 'node:fs';

import { hashTree, readTemplate } from '../src/plan/template.ts';

/** Writes the hash of each template's files beside the archive: a check needs not unpack it. */
export async function indexTemplates(archive: string, templates: readonly string[]): Promise<void> {
  const trees = await Promise.all(
    templates.map(async (template) => [template, hashTree(await readTemplate(archive, template))] as const),
  );
  writeFileSync(archive.replace(/\.tgz$/, '.json'), `${JSON.stringify(Object.fromEntries(trees), null, 2)}\n`);
}
