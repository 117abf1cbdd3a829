import type { FileTree, PlannedFile } from '../plan/template.ts';
import { isIndispensable, policyOf } from '../state/policy.ts';

import { besideWhich } from './conflict-markers.ts';
import { isSame, type Draft, type Trees } from './draft.ts';
import { movedPlace } from './folder-moves.ts';
import { mergeTrees, type MergedTrees, type UndecidedPath } from './merge-trees.ts';
import { isText } from './text-form.ts';

const noBytes = Buffer.alloc(0);

type Moves = MergedTrees['moves'];

/** What git could not decide, by what happened to the file. */
type Case =
  | 'laid beside'
  | 'moved by both'
  | 'marked'
  | 'binary'
  | 'mode'
  | 'removed by the template'
  | 'removed by you'
  | 'gone';

function caseOf({ path: file, base, yours, template, markers, isModeAlone }: UndecidedPath): Case {
  if (besideWhich(file) !== undefined) return 'laid beside';
  // Git lays what it merged in both places; it says so of the template's by a version that nothing stands for.
  if (template !== undefined && !yours && !base) return 'moved by both';
  if (markers) return 'marked';
  if (template !== undefined && yours) return isModeAlone ? 'mode' : 'binary';
  if (template !== undefined) return 'removed by you';
  return yours ? 'removed by the template' : 'gone';
}

/** Leaves a file that both moved where you moved it. */
function keepYourPlace(
  file: string,
  template: PlannedFile | undefined,
  trees: Trees,
  moves: Moves,
  draft: Draft,
  version: string,
): void {
  draft.result.delete(file);
  draft.notes.push(`${file}: the template moved a file here that you moved elsewhere; yours stays where it is`);
  const from = [...moves.template].find(([, to]) => to === file)?.[0] ?? '';
  const place = moves.yours.get(from);
  if (place === undefined || template === undefined) return;
  // Lines were merged there, or carry markers.
  if ([template, trees.base.get(from), trees.yours.get(place)].every((one) => isText(one?.contents ?? noBytes))) return;
  const kept = draft.result.get(place) ?? trees.yours.get(place);
  if (!isSame(template, trees.base.get(from)) && !isSame(template, kept))
    draft.keepBeside(place, `${place}.template-${version}`, template);
}

/**
 * Takes back what git removed of yours without a word, unless the file went on somewhere else.
 *
 * It follows moves on both sides, and a file that ends where it began may fall through.
 */
function keepYourFiles(trees: Trees, { changes, moves }: MergedTrees, draft: Draft): void {
  for (const [file, planned] of changes) {
    if (planned !== undefined || isSame(trees.yours.get(file), trees.base.get(file))) continue;
    const to = moves.template.get(file);
    const wentOn =
      (to !== undefined && changes.get(to) !== undefined) ||
      [...changes].some(
        ([other, one]) => besideWhich(other) === file || one?.contents.includes(` yours:${file}\n`) === true,
      );
    if (wentOn) continue;
    draft.result.delete(file);
    draft.notes.push(`${file}: the template moved or removed it, you changed it; it stays`);
  }
}

/** Brings files that the template adds to a folder that you moved to where you moved it. */
function followFolders(trees: Trees, moves: Moves, draft: Draft): void {
  const left = new Set(trees.yours.keys());
  const movedHere = new Set(moves.template.values());
  for (const [file, planned] of [...draft.result]) {
    if (planned === undefined || trees.base.has(file) || left.has(file) || !trees.template.has(file)) continue;
    if (movedHere.has(file)) continue;
    const place = movedPlace(file, moves.yours, left);
    if (place === undefined || left.has(place) || trees.template.has(place) || !draft.isFree(place)) continue;
    draft.result.delete(file);
    draft.result.set(place, planned);
    draft.notes.push(`${place}: the template's ${file}, in the folder that you moved`);
  }
}

function tellMoves(base: FileTree, template: FileTree, moved: ReadonlyMap<string, string>, draft: Draft): void {
  for (const [file, place] of moved)
    if (!isSame(base.get(file), template.get(file)) && draft.result.get(place) !== undefined)
      draft.notes.push(`${place}: takes what the template changed in ${file}`);
}

/** Merges by git what both changed, and decides what git leaves open. */
export function mergeByGit(trees: Trees, version: string, draft: Draft): void {
  const merged = mergeTrees(trees);
  const { changes, undecided, moves } = merged;
  for (const [file, planned] of changes) draft.result.set(file, planned);
  for (const [from, to] of moves.template) draft.origins.set(to, from);
  keepYourFiles(trees, merged, draft);
  followFolders(trees, moves, draft);
  tellMoves(trees.base, trees.template, moves.yours, draft);
  const movedByBoth = new Set([...moves.yours].flatMap(([from, to]) => (moves.template.has(from) ? [to] : [])));
  for (const one of undecided) {
    const { path: file, template } = one;
    switch (caseOf(one)) {
      case 'laid beside':
        draft.conflicts.push({ file: besideWhich(file) ?? file, beside: file });
        // Yours takes its line ends and permissions along.
        if (/~yours(_\d+)?$/.test(file)) draft.origins.set(file, besideWhich(file) ?? file);
        break;
      case 'moved by both':
        keepYourPlace(file, template, trees, moves, draft, version);
        break;
      case 'marked':
        draft.conflicts.push({ file });
        break;
      case 'binary':
        if (template !== undefined) draft.keepBeside(file, `${file}.template-${version}`, template);
        break;
      case 'mode':
        draft.notes.push(`${file}: both changed its mode; yours stays`);
        break;
      case 'removed by the template':
        // Of a file that both moved git says so as well, besides what it says of the other place.
        if (movedByBoth.has(file)) break;
        draft.notes.push(`${file}: the template removed it, you changed it; it stays`);
        break;
      case 'removed by you':
        // Those that a service cannot be without come back with a note of their own.
        if (trees.base.has(file) && isIndispensable(policyOf(file))) break;
        draft.result.delete(file);
        draft.notes.push(`${file}: you removed it, the template changed it; it stays removed`);
        break;
      case 'gone':
        // What both moved is no longer where it was.
        break;
    }
  }
}
