import type { Answers } from '../answers/answers.ts';
import { internalError } from '../errors.ts';
import { renderChecklist } from '../service-json/render-checklist.ts';
import { renderRunbook } from '../service-json/render-runbook.ts';
import { serviceJsonSchema, toServiceJsonSchema, type ServiceJson } from '../service-json/schema.ts';
import { answersVersion } from '../state/answer-migrations.ts';
import { packBase } from '../state/base-archive.ts';
import { baseFile, renderState, stateFile } from '../state/state.ts';

import { editPackageJson, editServiceJson, type PackageEdit } from './edit-structures.ts';
import { isSafePath } from './safe-path.ts';
import type { FileTree, PlannedFile } from './template.ts';
import { replaceWords, wordForms } from './word-forms.ts';

export interface PlanInput extends PackageEdit {
  readonly answers: Answers;
  readonly template: FileTree;
  readonly engineVersion: string;
  readonly tagPrefix: string;
  /** Tarballs that the service carries, by file name. */
  readonly vendored: ReadonlyMap<string, Buffer>;
}

/** Refuses a path that would leave the service's folder. */
function refuseEscapes(files: FileTree): void {
  for (const file of files.keys()) {
    if (!isSafePath(file))
      throw internalError(`the template holds the path ${JSON.stringify(file)}, which leaves the service`);
  }
}

function refuseLeftOvers(files: FileTree): void {
  for (const [file, { contents }] of files) {
    const packed = file.startsWith('vendor/');
    if (/marlin/i.test(file) || (!packed && /marlin/i.test(contents.toString('latin1')))) {
      throw internalError(`${file} still carries the template's own name`);
    }
  }
}

function readServiceJson(files: FileTree): ServiceJson {
  const result = serviceJsonSchema.safeParse(JSON.parse(files.get('service.json')?.contents.toString('utf8') ?? ''));
  if (result.success) return result.data;
  throw internalError(`the template's service.json is not accepted: ${result.error.message}`, { cause: result.error });
}

function stateOf({ answers, engineVersion, template, tagPrefix, bundleNode }: PlanInput, files: FileTree): string {
  const { name, language, owner, onCall } = answers;
  const facts = {
    engineVersion,
    template: `${language}-service`,
    templateFiles: template,
    answersVersion,
    answers: { name, language, owner, onCall },
    rendering: { tagPrefix, bundleNode },
  };
  return renderState(facts, files);
}

/** Renders the whole service in memory: nothing is read from or written to the disk here. */
export function planService(input: PlanInput): FileTree {
  const { answers } = input;
  const files = new Map(replaceWords(input.template, wordForms(answers)));
  const edit = (file: string, change: (text: string) => string) => {
    const found = files.get(file);
    if (found === undefined) throw internalError(`the template has no ${file}`);
    files.set(file, { ...found, contents: Buffer.from(change(found.contents.toString('utf8'))) });
  };
  const add = (file: string, contents: Buffer | string): PlannedFile => {
    const planned = { contents: Buffer.from(contents), mode: 0o644 };
    files.set(file, planned);
    return planned;
  };
  if (answers.language === 'node') edit('package.json', (text) => editPackageJson(text, input));
  edit('service.json', (text) => editServiceJson(text, answers, input.tagPrefix));
  const service = readServiceJson(files);
  edit('RUNBOOK.md', (text) => renderRunbook(service, text));
  edit('CHECKLIST.md', (text) => renderChecklist(service, text));
  // The templates carry it already, written by the same function.
  if (!files.has('.seaworthy/service.schema.json')) add('.seaworthy/service.schema.json', toServiceJsonSchema());
  for (const [file, contents] of input.vendored) add(`vendor/${file}`, contents);

  refuseEscapes(files);
  refuseLeftOvers(files);
  const sorted = new Map([...files].toSorted(([left], [right]) => (left < right ? -1 : 1)));
  const state = Buffer.from(stateOf(input, sorted));
  // An update merges against the files as they were rendered.
  sorted.set(baseFile, { contents: packBase(sorted), mode: 0o644 });
  sorted.set(stateFile, { contents: state, mode: 0o644 });
  return sorted;
}
