import { parseTOML, type AST } from 'toml-eslint-parser';

import { isSameList, mergeDependencies, mergeOne, type DependencyList } from './dependency-lists.ts';
import type { ThreeTexts } from './package-json.ts';

/** A list of requirements in a text, from behind its `[` to its `]`. */
interface RequirementList {
  readonly start: number;
  readonly end: number;
  readonly items: DependencyList;
  /** What stands behind the last item: comments, and the indent of the bracket. */
  readonly tail: string;
}

/** The name of a requirement, as packaging compares it: `Zope.Interface[x]>=1; marker` is zope-interface. */
function requirementName(requirement: string): string | undefined {
  const [name] = /^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(requirement.trim()) ?? [];
  return name?.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

const isRequirements = /^(project\.dependencies|project\.optional-dependencies\..+|dependency-groups\..+)$/;

/** An item with the comments above it and the one behind it on its line. */
function itemsOf(text: string, array: AST.TOMLArray): RequirementList | undefined {
  const items = new Map<string, string>();
  let from = array.range[0] + 1;
  for (const element of array.elements) {
    if (element.type !== 'TOMLValue' || typeof element.value !== 'string') return undefined;
    const name = requirementName(element.value);
    if (name === undefined || items.has(name)) return undefined;
    const [, behind = ''] = /^[ \t]*,?([ \t]*#[^\n]*)?/.exec(text.slice(element.range[1], array.range[1] - 1)) ?? [];
    const above = text
      .slice(from, element.range[0])
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.startsWith('#'));
    const shown = [...above, `${text.slice(...element.range)},${behind}`];
    items.set(name, shown.map((line) => `  ${line}\n`).join(''));
    from = element.range[1] + (/^[ \t]*,?([ \t]*#[^\n]*)?/.exec(text.slice(element.range[1]))?.[0].length ?? 0);
  }
  const tail = text
    .slice(from, array.range[1] - 1)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('#'));
  const tailText = tail.map((line) => `  ${line}\n`).join('');
  return { start: array.range[0] + 1, end: array.range[1] - 1, items, tail: tailText };
}

function listsOf(text: string): Map<string, RequirementList> {
  const lists = new Map<string, RequirementList>();
  const visit = (prefix: readonly string[], pairs: readonly AST.TOMLKeyValue[]) => {
    for (const { key, value } of pairs) {
      const names = key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value));
      const place = [...prefix, ...names].join('.');
      if (value.type !== 'TOMLArray' || !isRequirements.test(place)) continue;
      const list = itemsOf(text, value);
      if (list !== undefined) lists.set(place, list);
    }
  };
  for (const node of parseTOML(text).body[0].body) {
    if (node.type === 'TOMLKeyValue') visit([], [node]);
    else if (node.kind === 'standard') visit(node.resolvedKey.map(String), node.body);
  }
  return lists;
}

function replaceLists(
  text: string,
  lists: ReadonlyMap<string, RequirementList>,
  merged: ReadonlyMap<string, string>,
): string {
  const inOrder = [...lists].toSorted(([, left], [, right]) => right.start - left.start);
  return inOrder.reduce((result, [place, { start, end }]) => {
    const inside = merged.get(place);
    return inside === undefined ? result : result.slice(0, start) + inside + result.slice(end);
  }, text);
}

/**
 * Makes the lists of requirements alike in three versions of a pyproject.toml, as far as they can be merged by name.
 *
 * What is left over is for the merge of lines. A version that is no TOML leaves all three as they are.
 */
export function alignPyproject(texts: ThreeTexts): ThreeTexts {
  let parsed;
  try {
    parsed = [listsOf(texts[0]), listsOf(texts[1]), listsOf(texts[2])] as const;
  } catch {
    return texts;
  }
  const [base, yours, template] = parsed;
  const results = [new Map<string, string>(), new Map<string, string>(), new Map<string, string>()] as const;
  for (const [place, ofYours] of yours) {
    const [ofBase, ofTemplate] = [base.get(place), template.get(place)];
    if (ofBase === undefined || ofTemplate === undefined) continue;
    const merged = mergeDependencies({ base: ofBase.items, yours: ofYours.items, template: ofTemplate.items });
    const former = [ofBase, ofYours, ofTemplate] as const;
    const tails = new Set(former.map(({ tail }) => tail));
    // A list is written anew only for what its lines alone could not merge.
    const isMerged = [merged.base, merged.yours, merged.template].every((items, side) =>
      isSameList(items, former[side]?.items ?? items),
    );
    if (isMerged && tails.size === 1) continue;
    const tail = mergeOne(ofBase.tail, ofYours.tail, ofTemplate.tail);
    const written = (items: DependencyList, behind = '') =>
      items.size === 0 && behind === '' ? '' : `\n${[...items.values()].join('')}${behind}`;
    results[0].set(place, written(merged.base, tail.base));
    results[1].set(place, written(merged.yours, tail.yours));
    results[2].set(place, written(merged.template, tail.template));
  }
  return [
    replaceLists(texts[0], base, results[0]),
    replaceLists(texts[1], yours, results[1]),
    replaceLists(texts[2], template, results[2]),
  ];
}
