import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { httpServer, logging, toPython } from '@seaworthy/defaults';
import { renderChecklist, renderRunbook, serviceJsonSchema, toServiceJsonSchema } from 'create-seaworthy';

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

/** The README with the table of defaults between its marks. */
function withDefaultsTable(file: string): string {
  const rows = [httpServer, logging].flatMap(({ settings }) =>
    Object.values(settings).map(({ env, written, reason }) => `| \`${env}\` | ${written.default ?? ''} | ${reason} |`),
  );
  const table = ['| Variable | Default | Why |', '| --- | --- | --- |', ...rows].join('\n');
  const [before, , after] = readFileSync(file, 'utf8').split(/^<!-- defaults:(?:begin|end) -->$/m);
  if (before === undefined || after === undefined) throw new Error(`${file}: the marks of the defaults are missing`);
  return `${before}<!-- defaults:begin -->\n\n${table}\n\n<!-- defaults:end -->${after}`;
}

/** Every file of this repository that is drawn from another one. */
export function generatedFiles(): GeneratedFile[] {
  const pythonGroups = 'templates/python-service/src/marlin_service/_seaworthy/default_groups.py';
  return [
    ...['node-service', 'python-service'].flatMap(templateFiles),
    { file: path.join(repository, pythonGroups), contents: toPython({ http: httpServer, logging }) },
    { file: path.join(repository, 'README.md'), contents: withDefaultsTable(path.join(repository, 'README.md')) },
  ];
}
