import type { FileTree, PlannedFile } from '../plan/template.ts';

/** A file on which you have to decide. */
export interface Conflict {
  readonly file: string;
  /** The other version where it lies beside the file; without it the file carries markers. */
  readonly beside?: string;
}

/** What is decided so far. */
export interface Draft {
  readonly result: Map<string, PlannedFile | undefined>;
  readonly conflicts: Conflict[];
  readonly notes: string[];
  /** Where the template has moved a file from, by its new path. */
  readonly origins: Map<string, string>;
  /** True for a path in which a file may be put. */
  readonly isFree: (file: string) => boolean;
  /** Lays a version beside its file, under a name that nothing has. */
  readonly keepBeside: (file: string, name: string, version: PlannedFile) => void;
}

/** The three versions of a service. */
export type Trees = Record<'base' | 'yours' | 'template', Map<string, PlannedFile>>;

/** @param onDisk true for a path in which nothing lies yet */
export function newDraft(onDisk: (file: string) => boolean): Draft {
  const draft = {
    result: new Map<string, PlannedFile | undefined>(),
    conflicts: [] as Conflict[],
    notes: [],
    origins: new Map(),
  };
  const isFree = (file: string) => onDisk(file) && !draft.result.has(file);
  const keepBeside = (file: string, name: string, version: PlannedFile) => {
    let beside = name;
    for (let number = 2; !isFree(beside); number += 1) beside = `${name}-${number}`;
    draft.result.set(beside, version);
    draft.conflicts.push({ file, beside });
  };
  return { ...draft, isFree, keepBeside };
}

export function isSame(left: PlannedFile | undefined, right: PlannedFile | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left.mode === right.mode && left.contents.equals(right.contents);
}

/** True where the first tree has paths that the second one lacks. */
export function isGoneFrom(first: FileTree, second: FileTree): boolean {
  return [...first.keys()].some((file) => !second.has(file));
}
