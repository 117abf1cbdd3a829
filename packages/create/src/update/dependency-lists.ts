/** One dependency: how it is named, and the text that states it. */
export type DependencyList = ReadonlyMap<string, string>;

export interface ThreeLists {
  readonly base: DependencyList;
  readonly yours: DependencyList;
  readonly template: DependencyList;
}

/** What one name is on each side after the merge: the same text three times, or three texts for the conflict to show. */
interface Merged {
  readonly base: string | undefined;
  readonly yours: string | undefined;
  readonly template: string | undefined;
}

/** Merges one text: to the same in all three, or to what each side has where both changed it. */
export function mergeOne(base: string | undefined, yours: string | undefined, template: string | undefined): Merged {
  const agreed = (text: string | undefined) => ({ base: text, yours: text, template: text });
  if (yours === template || template === base) return agreed(yours);
  if (yours === base) return agreed(template);
  // Removed on one side and changed on the other: what you decided stays.
  if (yours === undefined && base !== undefined) return agreed(undefined);
  if (template === undefined) return agreed(yours);
  return { base, yours, template };
}

/** True for lists that say the same in the same order. */
export function isSameList(left: DependencyList, right: DependencyList): boolean {
  return JSON.stringify([...left]) === JSON.stringify([...right]);
}

function isSorted(names: readonly string[]): boolean {
  return names.every((name, index) => index === 0 || (names[index - 1] ?? '') <= name);
}

/**
 * Merges lists of dependencies by name, so that two additions side by side are no conflict.
 *
 * Names that both sides changed differently keep their three texts; everything else becomes the same in all three.
 */
export function mergeDependencies({ base, yours, template }: ThreeLists): ThreeLists {
  const added = [...template.keys()].filter((name) => !yours.has(name));
  const sorted = isSorted([...yours.keys()]) && isSorted([...template.keys()]);
  const all = [...new Set([...yours.keys(), ...added, ...base.keys()])];
  const names = sorted ? all.toSorted((left, right) => (left < right ? -1 : 1)) : all;
  const merged = names.map((name) => [name, mergeOne(base.get(name), yours.get(name), template.get(name))] as const);
  const side = (which: keyof Merged) =>
    new Map(
      merged.flatMap(([name, texts]) => {
        const text = texts[which];
        return text === undefined ? [] : [[name, text] as const];
      }),
    );
  return { base: side('base'), yours: side('yours'), template: side('template') };
}
