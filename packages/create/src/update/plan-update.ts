// One file, over 200 lines: the cases of a three-way merge are read together or not understood.
import { sha256, type FileTree, type PlannedFile } from '../plan/template.ts';
import { policyOf, type Policy } from '../state/policy.ts';
import type { FileRecord } from '../state/state.ts';

import { mergeTrees } from './merge-trees.ts';
import { alignPackageJson, type ThreeTexts } from './package-json.ts';
import type { YourFile, YourFiles } from './read-service.ts';
import { copyBlocks, emptyBlocks, parseServiceJson, renderBlocks } from './rendered-blocks.ts';
import { fromPlainText, isText } from './text-form.ts';

/** A file on which you have to decide. */
export interface Conflict {
  readonly file: string;
  /** The other version where it lies beside the file; without it the file carries markers. */
  readonly beside?: string;
}

export interface UpdatePlan {
  /** What each path is to become; undefined is removed. The modes are 644 and 755. */
  readonly changes: ReadonlyMap<string, PlannedFile | undefined>;
  readonly conflicts: readonly Conflict[];
  /** What was decided without a question, and is worth knowing. */
  readonly notes: readonly string[];
}

export interface PlanUpdateInput {
  /** The files as the template wrote them last time; undefined when they are lost. */
  readonly base: FileTree | undefined;
  /** What is recorded about them. */
  readonly records: Readonly<Record<string, FileRecord>>;
  readonly yours: YourFiles;
  /** What the template would write now. */
  readonly fresh: FileTree;
  readonly version: string;
}

interface Draft {
  readonly result: Map<string, PlannedFile | undefined>;
  readonly conflicts: Conflict[];
  readonly notes: string[];
}

function isSame(left: PlannedFile | undefined, right: PlannedFile | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left.mode === right.mode && left.contents.equals(right.contents);
}

function isAsRecorded(file: PlannedFile | undefined, record: FileRecord | undefined): boolean {
  if (file === undefined || record === undefined) return false;
  return file.mode.toString(8) === record.mode && sha256(file.contents) === record.sha256;
}

function keepBeside(draft: Draft, file: string, beside: string, version: PlannedFile): void {
  draft.result.set(beside, version);
  draft.conflicts.push({ file, beside });
}

/** Decides a file by its hash alone; undefined leaves the decision to the merge of lines. */
function decideByHash(file: string, policy: Policy, input: PlanUpdateInput): 'template' | 'yours' | undefined {
  const record = input.records[file];
  const yours = input.yours.files.get(file);
  const fresh = input.fresh.get(file);
  if (isSame(yours, fresh)) return 'yours';
  if (yours === undefined)
    return record === undefined || policy === 'managed' || policy === 'required' || policy === 'rendered'
      ? 'template'
      : 'yours';
  if (isAsRecorded(yours, record)) return 'template';
  if (isAsRecorded(fresh, record)) return 'yours';
  return fresh === undefined || policy === 'seed' ? 'yours' : undefined;
}

function noteKept(draft: Draft, file: string, { yours, fresh, records }: PlanUpdateInput): void {
  const changed = !isAsRecorded(fresh.get(file), records[file]);
  if (!yours.files.has(file)) {
    if (fresh.has(file) && changed)
      draft.notes.push(`${file}: you removed it, the template changed it; it stays removed`);
  } else if (!fresh.has(file)) draft.notes.push(`${file}: the template removed it, you changed it; it stays`);
  else if (changed && !isSame(yours.files.get(file), fresh.get(file)))
    draft.notes.push(`${file}: yours since you changed it; the template's version is not merged`);
}

/** Without a base no line can be merged: a version that differs is laid beside yours. */
function planWithoutBase(paths: readonly string[], input: PlanUpdateInput, draft: Draft): void {
  draft.notes.push('the record of the last rendering is lost, so nothing that you changed was merged');
  for (const file of paths) {
    const decision = decideByHash(file, policyOf(file), input);
    const fresh = input.fresh.get(file);
    if (decision === 'template') draft.result.set(file, fresh);
    else if (decision === 'yours') noteKept(draft, file, input);
    else if (fresh !== undefined) keepBeside(draft, file, `${file}.new`, fresh);
  }
}

type Trees = Record<'base' | 'yours' | 'template', Map<string, PlannedFile>>;

function replaceTexts(trees: Trees, file: string, change: (texts: ThreeTexts) => ThreeTexts): void {
  const { base, yours, template } = trees;
  const [ofBase, ofYours, ofTemplate] = [base.get(file), yours.get(file), template.get(file)];
  if (ofBase === undefined || ofYours === undefined || ofTemplate === undefined) return;
  if (![ofBase, ofYours, ofTemplate].every(({ contents }) => isText(contents))) return;
  const read = ({ contents }: PlannedFile) => contents.toString('utf8');
  const texts = change([read(ofBase), read(ofYours), read(ofTemplate)]);
  base.set(file, { ...ofBase, contents: Buffer.from(texts[0]) });
  yours.set(file, { ...ofYours, contents: Buffer.from(texts[1]) });
  template.set(file, { ...ofTemplate, contents: Buffer.from(texts[2]) });
}

/** Makes alike what is merged in another way than line by line. */
async function alignStructures(trees: Trees): Promise<void> {
  for (const side of Object.values(trees)) {
    for (const [file, planned] of side)
      if (policyOf(file) === 'rendered' && isText(planned.contents))
        side.set(file, { ...planned, contents: Buffer.from(emptyBlocks(planned.contents.toString('utf8'))) });
  }
  const differs = (file: string) => {
    const versions = [trees.base, trees.yours, trees.template].map((tree) => tree.get(file));
    return !isSame(versions[0], versions[1]) && !isSame(versions[0], versions[2]);
  };
  if (differs('package.json')) replaceTexts(trees, 'package.json', alignPackageJson);
  if (differs('pyproject.toml')) {
    const { alignPyproject } = await import('./pyproject-toml.ts');
    replaceTexts(trees, 'pyproject.toml', alignPyproject);
  }
}

/**
 * Picks a side for every path that the other side left alone, and returns the paths that are left over.
 *
 * A file that is gone on one side may have been moved: git follows it there, and has to see all of them for that.
 */
function mergeOneSided(trees: Trees, inTheWay: boolean, draft: Draft): Trees {
  const { base, yours, template } = trees;
  const paths = new Set([...base.keys(), ...yours.keys(), ...template.keys()]);
  const contested = new Set(
    [...paths].filter((file) => {
      const [ofBase, ofYours, ofTemplate] = [base.get(file), yours.get(file), template.get(file)];
      return !isSame(ofBase, ofYours) && !isSame(ofBase, ofTemplate) && !isSame(ofYours, ofTemplate);
    }),
  );
  const isGoneFrom = (tree: FileTree) => [...base.keys()].some((file) => !tree.has(file));
  if (inTheWay || isGoneFrom(yours) || (contested.size > 0 && isGoneFrom(template))) return trees;
  for (const file of paths)
    if (!contested.has(file) && isSame(base.get(file), yours.get(file))) draft.result.set(file, template.get(file));
  const left = (tree: FileTree) => new Map([...tree].filter(([file]) => contested.has(file)));
  return { base: left(base), yours: left(yours), template: left(template) };
}

function mergeByGit(trees: Trees, input: PlanUpdateInput, draft: Draft): void {
  const { changes, undecided } = mergeTrees(trees);
  for (const [file, planned] of changes) draft.result.set(file, planned);
  for (const { path: file, base, yours, template, markers } of undecided) {
    const isBeside = /~(yours|template)(_\d+)?$/.test(file);
    if (isBeside) draft.conflicts.push({ file: file.replace(/~(yours|template)(_\d+)?$/, ''), beside: file });
    else if (markers) draft.conflicts.push({ file });
    else if (yours && template !== undefined) {
      // Binary files, or a mode alone: git keeps yours.
      if (isText(template.contents) && isText(trees.yours.get(file)?.contents ?? Buffer.alloc(0))) {
        draft.notes.push(`${file}: both changed its mode; yours stays`);
      } else keepBeside(draft, file, `${file}.template-${input.version}`, template);
    } else if (yours && base) draft.notes.push(`${file}: the template removed it, you changed it; it stays`);
    else if (!yours && template !== undefined && base) {
      const wanted = input.records[file] !== undefined && ['required', 'rendered'].includes(policyOf(file));
      if (!wanted) {
        draft.result.delete(file);
        draft.notes.push(`${file}: you removed it, the template changed it; it stays removed`);
      }
    } else if (!yours && template !== undefined) {
      draft.result.delete(file);
      draft.notes.push(`${file}: the template moved a file here that you moved elsewhere; yours stays where it is`);
    }
  }
}

function tellMoves(trees: Trees, draft: Draft): void {
  for (const [file, planned] of trees.base) {
    if (trees.yours.has(file) || draft.result.get(file) !== undefined) continue;
    const changed = !isSame(planned, trees.template.get(file));
    const moved = [...trees.yours].find(
      ([other, yours]) => !trees.base.has(other) && yours.contents.equals(planned.contents),
    );
    if (changed && moved !== undefined && draft.result.has(moved[0]))
      draft.notes.push(`${moved[0]}: takes what the template changed in ${file}`);
  }
}

async function planWithBase(
  paths: readonly string[],
  base: FileTree,
  input: PlanUpdateInput,
  draft: Draft,
): Promise<void> {
  const trees: Trees = { base: new Map(base), yours: new Map(), template: new Map(input.fresh) };
  for (const [file, { contents, mode }] of input.yours.files) trees.yours.set(file, { contents, mode });
  for (const file of input.yours.leftAlone.keys()) for (const tree of Object.values(trees)) tree.delete(file);
  for (const file of paths) {
    const policy = policyOf(file);
    if (policy !== 'managed' && policy !== 'seed') continue;
    const decision = decideByHash(file, policy, input);
    const [yours, fresh] = [trees.yours.get(file), trees.template.get(file)];
    trees.base.delete(file);
    if (decision === undefined && yours !== undefined && fresh !== undefined) continue;
    if (decision === 'template') draft.result.set(file, fresh);
    else noteKept(draft, file, input);
    trees.yours.delete(file);
    trees.template.delete(file);
  }
  await alignStructures(trees);
  const left = mergeOneSided(trees, input.yours.inTheWay, draft);
  if (Object.values(left).some((tree) => tree.size > 0)) {
    mergeByGit(left, input, draft);
    tellMoves(left, draft);
  }
  for (const [file, planned] of trees.template) {
    const wanted = ['required', 'rendered'].includes(policyOf(file));
    if (wanted && !trees.yours.has(file) && draft.result.get(file) === undefined && base.has(file)) {
      draft.result.set(file, planned);
      draft.notes.push(`${file}: you removed it, and a service cannot be without it; it is there again`);
    }
  }
}

function renderDocuments(input: PlanUpdateInput, draft: Draft): void {
  const now = (file: string) => (draft.result.has(file) ? draft.result.get(file) : input.yours.files.get(file));
  const service = parseServiceJson(now('service.json')?.contents.toString('utf8'));
  for (const file of input.fresh.keys()) {
    const planned = policyOf(file) === 'rendered' && !input.yours.leftAlone.has(file) ? now(file) : undefined;
    if (planned === undefined || !isText(planned.contents)) continue;
    const markdown = planned.contents.toString('utf8');
    const rendered =
      service === undefined
        ? { problems: ['service.json is to be resolved first'] }
        : renderBlocks(file, markdown, service);
    let text: string;
    if ('markdown' in rendered) text = rendered.markdown;
    else {
      const before = (input.yours.files.get(file) ?? input.fresh.get(file))?.contents.toString('utf8') ?? '';
      text = copyBlocks(before, markdown);
      draft.notes.push(`${file}: its blocks are not rendered anew: ${rendered.problems.join('; ')}`);
    }
    draft.result.set(file, { ...planned, contents: Buffer.from(text) });
  }
}

/** Keeps what really changes on the disk, in the form in which the files lie there. */
function toChanges(draft: Draft, yours: ReadonlyMap<string, YourFile>): Map<string, PlannedFile | undefined> {
  const changes = new Map<string, PlannedFile | undefined>();
  for (const [file, planned] of draft.result) {
    const before = yours.get(file);
    if (planned === undefined) {
      if (before !== undefined) changes.set(file, undefined);
      continue;
    }
    const contents = fromPlainText(planned.contents, before?.form);
    if (before === undefined || before.mode !== planned.mode || !before.raw.equals(contents))
      changes.set(file, { contents, mode: planned.mode });
  }
  return changes;
}

/** Decides for every file what an update makes of it. Nothing is written. */
export async function planUpdate(input: PlanUpdateInput): Promise<UpdatePlan> {
  const draft: Draft = { result: new Map(), conflicts: [], notes: [] };
  const { leftAlone } = input.yours;
  const all = new Set([...Object.keys(input.records), ...input.fresh.keys()]);
  const paths = [...all].filter((file) => !leftAlone.has(file));
  if (input.base === undefined) planWithoutBase(paths, input, draft);
  else {
    await planWithBase(paths, input.base, input, draft);
    renderDocuments(input, draft);
  }
  for (const [file, reason] of leftAlone)
    if (!isAsRecorded(input.fresh.get(file), input.records[file]))
      draft.notes.push(`${file}: left alone, as ${reason}; look at what the template changed`);
  return { changes: toChanges(draft, input.yours.files), conflicts: draft.conflicts, notes: draft.notes };
}
