import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import {
  httpServer,
  logging,
  serviceOwner,
  shippedGroups,
  toJsonSchema,
  toMarkdown,
  toPython,
  type Setting,
} from '@seaworthy/defaults';
import { renderChecklist, renderRunbook, serviceJsonSchema, toServiceJsonSchema } from 'create-seaworthy';

import { publishedPackages } from './published-packages.ts';
import { presetFiles } from './preset-files.ts';
import { codesTable, errorExample, kindsTable, namesTable } from './readme-tables.ts';

const repository = path.resolve(import.meta.dirname, '..');

export interface GeneratedFile {
  readonly file: string;
  readonly contents: string;
}

function templateFiles(template: string): GeneratedFile[] {
  const folder = path.join(repository, 'templates', template);
  if (!existsSync(path.join(folder, 'service.json'))) return [];
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  const service = serviceJsonSchema.parse(JSON.parse(read('service.json')));
  return [
    { file: path.join(folder, 'RUNBOOK.md'), contents: renderRunbook(service, read('RUNBOOK.md')) },
    { file: path.join(folder, 'CHECKLIST.md'), contents: renderChecklist(service, read('CHECKLIST.md')) },
    { file: path.join(folder, '.seaworthy/service.schema.json'), contents: toServiceJsonSchema() },
  ];
}

/** A document with what stands between two marks written again. */
function withBlock(text: string, mark: string, block: string): string {
  const [before, , after, ...more] = text.split(new RegExp(`^<!-- ${mark}:(?:begin|end) -->$`, 'm'));
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`expected the marks of ${mark} once`);
  return `${before}<!-- ${mark}:begin -->\n\n${block}\n\n<!-- ${mark}:end -->${after}`;
}

function withBlocks(file: string, blocks: Readonly<Record<string, string>>): GeneratedFile {
  const text = readFileSync(path.join(repository, file), 'utf8');
  const contents = Object.entries(blocks).reduce((all, [mark, block]) => withBlock(all, mark, block), text);
  return { file: path.join(repository, file), contents };
}

/** The README's short table: what every service reads. */
function defaultsTable(): string {
  const rows = [httpServer, logging].flatMap(({ settings }) =>
    Object.values<Setting<unknown>>(settings).flatMap(({ env, written, reason }) =>
      env === undefined ? [] : [`| \`${env}\` | ${written.default ?? ''} | ${reason} |`],
    ),
  );
  return ['| Variable | Default | Why |', '| --- | --- | --- |', ...rows].join('\n');
}

function defaultsPages(): GeneratedFile[] {
  const facts = { title: 'Production defaults', owner: serviceOwner };
  const schema = toJsonSchema(shippedGroups, facts);
  return [
    { file: path.join(repository, 'docs/defaults.md'), contents: toMarkdown(shippedGroups, facts) },
    { file: path.join(repository, 'docs/defaults.schema.json'), contents: `${JSON.stringify(schema, null, 2)}\n` },
  ];
}

/** The shipped groups as the Python template has them, one module for each. */
function pythonGroups(): GeneratedFile[] {
  const folder = path.join(repository, 'templates/python-service/src/marlin_service/_seaworthy/default_groups');
  const groups = Object.values(shippedGroups);
  return groups.map((group) => {
    const module = group.name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return { file: path.join(folder, `${module}.py`), contents: toPython(group, groups) };
  });
}

/** npm packs a licence only from the package's own folder. */
function licences(): GeneratedFile[] {
  const contents = readFileSync(path.join(repository, 'LICENSE'), 'utf8');
  return publishedPackages().map(({ directory }) => ({ file: path.join(directory, 'LICENSE'), contents }));
}

/** Every file of this repository that is drawn from another one. */
export function generatedFiles(): GeneratedFile[] {
  return [
    ...['node-service', 'python-service'].flatMap(templateFiles),
    ...pythonGroups(),
    ...defaultsPages(),
    ...licences(),
    ...presetFiles(),
    withBlocks('README.md', { defaults: defaultsTable() }),
    withBlocks('packages/defaults/README.md', {
      error: errorExample(),
      kinds: kindsTable(),
      codes: codesTable(),
      names: namesTable(Object.values(shippedGroups)),
    }),
  ];
}
