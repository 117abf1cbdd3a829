// One file, over 200 lines: the cases of a three-way merge are read together or not understood.
import { sha256, type FileTree, type PlannedFile } from '../plan/template.ts';
import { isIndispensable, policyOf, type Policy } from '../state/policy.ts';
import type { FileRecord } from '../state/state.ts';

import { hasOwnForms, toChanges, type ChangedFile } from './changed-file.ts';
import { isGoneFrom, isSame, newDraft, type Conflict, type Draft, type Trees } from './draft.ts';
import { mergeByGit } from './merge-by-git.ts';
import { alignPackageJson, type ThreeTexts } from './package-json.ts';
import type { YourFiles } from './read-service.ts';
import { copyBlocks, emptyBlocks, parseServiceJson, renderBlocks } from './rendered-blocks.ts';
import { isText } from './text-form.ts';

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

function isAsRecorded(file: PlannedFile | undefined, record: FileRecord | undefined): boolean {
  if (file === undefined || record === undefined) return false;
  return file.mode.toString(8) === record.mode && sha256(file.contents) === record.sha256;
}

/** Decides a file by its hash alone; undefined leaves the decision to the merge of lines. */
function decideByHash(file: string, policy: Policy, input: PlanUpdateInput): 'template' | 'yours' | undefined {
  const record = input.records[file];
  const yours = input.yours.files.get(file);
  const fresh = input.fresh.get(file);
  if (isSame(yours, fresh)) return 'yours';
  if (yours === undefined)
    return record === undefined || policy === 'managed' || isIndispensable(policy) ? 'template' : 'yours';
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
    else if (fresh !== undefined) draft.keepBeside(file, `${file}.new`, fresh);
  }
}

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
function mergeOneSided(trees: Trees, { inTheWay, files }: YourFiles, draft: Draft): Trees {
  const { base, yours, template } = trees;
  const paths = new Set([...base.keys(), ...yours.keys(), ...template.keys()]);
  const contested = new Set(
    [...paths].filter((file) => {
      const [ofBase, ofYours, ofTemplate] = [base.get(file), yours.get(file), template.get(file)];
      return !isSame(ofBase, ofYours) && !isSame(ofBase, ofTemplate) && !isSame(ofYours, ofTemplate);
    }),
  );
  const gone = [...base.keys()].filter((file) => !template.has(file));
  const movesForms = isGoneFrom(template, base) && hasOwnForms(gone, files);
  if (inTheWay || isGoneFrom(base, yours) || movesForms || (contested.size > 0 && gone.length > 0)) return trees;
  for (const file of gone) {
    // Moved as it was, which needs no git to be seen.
    const moved = [...template].find(([other, one]) => !base.has(other) && isSame(one, base.get(file)));
    if (moved !== undefined) draft.origins.set(moved[0], file);
  }
  for (const file of paths)
    if (!contested.has(file) && isSame(base.get(file), yours.get(file))) draft.result.set(file, template.get(file));
  const left = (tree: FileTree) => new Map([...tree].filter(([file]) => contested.has(file)));
  return { base: left(base), yours: left(yours), template: left(template) };
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
  const left = mergeOneSided(trees, input.yours, draft);
  if (Object.values(left).some((tree) => tree.size > 0)) mergeByGit(left, input.version, draft);
  for (const [file, planned] of trees.template) {
    if (
      isIndispensable(policyOf(file)) &&
      !trees.yours.has(file) &&
      draft.result.get(file) === undefined &&
      base.has(file)
    ) {
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
  const draft = newDraft(input.yours.isFree);
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
