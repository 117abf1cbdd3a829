// One file, over 200 lines: the cases of a three-way merge are read together or not understood.
import { sha256, type FileTree, type PlannedFile } from '../plan/template.ts';
import { policyOf, type Policy } from '../state/policy.ts';
import type { FileRecord } from '../state/state.ts';

import { hasOwnForm, toChanges, type ChangedFile } from './changed-file.ts';
import { mergeTrees } from './merge-trees.ts';
import { alignPackageJson, type ThreeTexts } from './package-json.ts';
import type { YourFiles } from './read-service.ts';
import { copyBlocks, emptyBlocks, parseServiceJson, renderBlocks } from './rendered-blocks.ts';
import { isText } from './text-form.ts';

/** A file on which you have to decide. */
export interface Conflict {
  readonly file: string;
  /** The other version where it lies beside the file; without it the file carries markers. */
  readonly beside?: string;
}

export interface UpdatePlan {
  /** What each path is to become; undefined is removed. The modes are 644 and 755. */
  readonly changes: ReadonlyMap<string, ChangedFile | undefined>;
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
  /** Where the template has moved a file from, by its new path. */
  readonly origins: Map<string, string>;
}

function isSame(left: PlannedFile | undefined, right: PlannedFile | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left.mode === right.mode && left.contents.equals(right.contents);
}

function isAsRecorded(file: PlannedFile | undefined, record: FileRecord | undefined): boolean {
  if (file === undefined || record === undefined) return false;
  return file.mode.toString(8) === record.mode && sha256(file.contents) === record.sha256;
}

/** Lays a version beside its file, under a name that nothing has. */
function keepBeside(draft: Draft, { yours }: PlanUpdateInput, file: string, name: string, version: PlannedFile): void {
  const isTaken = (candidate: string) => yours.isTaken(candidate) || draft.result.has(candidate);
  let beside = name;
  for (let number = 2; isTaken(beside); number += 1) beside = `${name}-${number}`;
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
  return fresh === undefined || policy === 'seed' || policy === 'derived' ? 'yours' : undefined;
}

function noteKept(draft: Draft, file: string, { yours, fresh, records }: PlanUpdateInput): void {
  const changed = !isAsRecorded(fresh.get(file), records[file]);
  if (!yours.files.has(file)) {
    if (fresh.has(file) && changed)
      draft.notes.push(`${file}: you removed it, the template changed it; it stays removed`);
  } else if (!fresh.has(file)) draft.notes.push(`${file}: the template removed it, you changed it; it stays`);
  else if (changed && !isSame(yours.files.get(file), fresh.get(file))) {
    const mend = policyOf(file) === 'derived' ? '; write it again with make lock' : '';
    draft.notes.push(`${file}: yours since you changed it; the template's version is not merged${mend}`);
  }
}

/** Without a base no line can be merged: a version that differs is laid beside yours. */
function planWithoutBase(paths: readonly string[], input: PlanUpdateInput, draft: Draft): void {
  draft.notes.push('the record of the last rendering is lost, so nothing that you changed was merged');
  for (const file of paths) {
    const decision = decideByHash(file, policyOf(file), input);
    const fresh = input.fresh.get(file);
    if (decision === 'template') draft.result.set(file, fresh);
    else if (decision === 'yours') noteKept(draft, file, input);
    else if (fresh !== undefined) keepBeside(draft, input, file, `${file}.new`, fresh);
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

/** Makes alike what is merged in another way than line by line, and takes over what that brings into yours. */
async function alignStructures(trees: Trees, draft: Draft): Promise<void> {
  for (const side of Object.values(trees)) {
    for (const [file, planned] of side)
      if (policyOf(file) === 'rendered' && isText(planned.contents))
        side.set(file, { ...planned, contents: Buffer.from(emptyBlocks(planned.contents.toString('utf8'))) });
  }
  const differs = (file: string) => {
    const versions = [trees.base, trees.yours, trees.template].map((tree) => tree.get(file));
    return !isSame(versions[0], versions[1]) && !isSame(versions[0], versions[2]);
  };
  const align = (file: string, change: (texts: ThreeTexts) => ThreeTexts) => {
    const before = trees.yours.get(file);
    replaceTexts(trees, file, change);
    // The merge of lines may find nothing left to do.
    if (!isSame(before, trees.yours.get(file))) draft.result.set(file, trees.yours.get(file));
  };
  if (differs('package.json')) align('package.json', alignPackageJson);
  if (differs('pyproject.toml')) align('pyproject.toml', (await import('./pyproject-toml.ts')).alignPyproject);
}

/**
 * Picks a side for every path that the other side left alone, and returns the paths that are left over.
 *
 * A file that is gone on one side may have been moved: git follows it there, and has to see all of them for that.
 */
function mergeOneSided(trees: Trees, { yours: { inTheWay, files } }: PlanUpdateInput, draft: Draft): Trees {
  const { base, yours, template } = trees;
  const paths = new Set([...base.keys(), ...yours.keys(), ...template.keys()]);
  const contested = new Set(
    [...paths].filter((file) => {
      const [ofBase, ofYours, ofTemplate] = [base.get(file), yours.get(file), template.get(file)];
      return !isSame(ofBase, ofYours) && !isSame(ofBase, ofTemplate) && !isSame(ofYours, ofTemplate);
    }),
  );
  const isGoneFrom = (tree: FileTree) => [...base.keys()].some((file) => !tree.has(file));
  // A file in a form of its own takes it along where the template moves it.
  const movesForm = [...base.keys()].some((file) => !template.has(file) && hasOwnForm(files.get(file)));
  if (inTheWay || isGoneFrom(yours) || movesForm || (contested.size > 0 && isGoneFrom(template))) return trees;
  for (const file of paths)
    if (!contested.has(file) && isSame(base.get(file), yours.get(file))) draft.result.set(file, template.get(file));
  const left = (tree: FileTree) => new Map([...tree].filter(([file]) => contested.has(file)));
  return { base: left(base), yours: left(yours), template: left(template) };
}

/** What the merge has put somewhere else than where the template has it. */
function tellMoves(trees: Trees, moved: ReadonlyMap<string, string>, draft: Draft): void {
  for (const [file, place] of moved) {
    const changed = !isSame(trees.base.get(file), trees.template.get(file));
    if (changed && draft.result.get(place) !== undefined)
      draft.notes.push(`${place}: takes what the template changed in ${file}`);
  }
  for (const [file, planned] of trees.template) {
    if (trees.base.has(file) || trees.yours.has(file) || draft.result.has(file)) continue;
    const place = [...draft.result].find(
      ([other, result]) => !trees.template.has(other) && !trees.yours.has(other) && isSame(result, planned),
    );
    if (place !== undefined) draft.notes.push(`${place[0]}: the template's ${file}, in the folder that you moved`);
  }
}

function mergeByGit(trees: Trees, input: PlanUpdateInput, draft: Draft): void {
  const { changes, undecided, moves } = mergeTrees(trees);
  for (const [file, planned] of changes) draft.result.set(file, planned);
  for (const [from, to] of moves.template) draft.origins.set(to, from);
  tellMoves(trees, moves.yours, draft);
  // Where both moved a file, git lays what it merged in both places.
  const movedElsewhere = new Set([...moves.template].flatMap(([from, to]) => (moves.yours.has(from) ? [to] : [])));
  for (const { path: file, base, yours, template, markers } of undecided) {
    const isBeside = /~(yours|template)(_\d+)?$/.test(file);
    if (!yours && !base && movedElsewhere.has(file)) {
      draft.result.delete(file);
      draft.notes.push(`${file}: the template moved a file here that you moved elsewhere; yours stays where it is`);
    } else if (isBeside) draft.conflicts.push({ file: file.replace(/~(yours|template)(_\d+)?$/, ''), beside: file });
    else if (markers) draft.conflicts.push({ file });
    else if (yours && template !== undefined) {
      // Binary files, or a mode alone: git keeps yours.
      if (isText(template.contents) && isText(trees.yours.get(file)?.contents ?? Buffer.alloc(0))) {
        draft.notes.push(`${file}: both changed its mode; yours stays`);
      } else keepBeside(draft, input, file, `${file}.template-${input.version}`, template);
    } else if (yours && base) draft.notes.push(`${file}: the template removed it, you changed it; it stays`);
    else if (!yours && template !== undefined && base) {
      const wanted = input.records[file] !== undefined && ['required', 'rendered'].includes(policyOf(file));
      if (!wanted) {
        draft.result.delete(file);
        draft.notes.push(`${file}: you removed it, the template changed it; it stays removed`);
      }
    }
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
    if (!['managed', 'seed', 'derived'].includes(policy)) continue;
    const decision = decideByHash(file, policy, input);
    const [yours, fresh] = [trees.yours.get(file), trees.template.get(file)];
    trees.base.delete(file);
    if (decision === undefined && yours !== undefined && fresh !== undefined) continue;
    if (decision === 'template') draft.result.set(file, fresh);
    else noteKept(draft, file, input);
    trees.yours.delete(file);
    trees.template.delete(file);
  }
  await alignStructures(trees, draft);
  const left = mergeOneSided(trees, input, draft);
  if (Object.values(left).some((tree) => tree.size > 0)) mergeByGit(left, input, draft);
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
  const isOpen = draft.conflicts.some(({ file }) => file === 'service.json');
  const parsed = isOpen
    ? { problems: ['service.json is to be resolved first'] }
    : parseServiceJson(now('service.json')?.contents.toString('utf8'));
  for (const file of input.fresh.keys()) {
    const planned = policyOf(file) === 'rendered' && !input.yours.leftAlone.has(file) ? now(file) : undefined;
    if (planned === undefined || !isText(planned.contents)) continue;
    const markdown = planned.contents.toString('utf8');
    const rendered = 'service' in parsed ? renderBlocks(file, markdown, parsed.service) : parsed;
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

/** Decides for every file what an update makes of it. Nothing is written. */
export async function planUpdate(input: PlanUpdateInput): Promise<UpdatePlan> {
  const draft: Draft = { result: new Map(), conflicts: [], notes: [], origins: new Map() };
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
