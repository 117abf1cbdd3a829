import { isSameList, mergeDependencies, type DependencyList } from './dependency-lists.ts';

/** The same file in the three versions of a merge. */
export type ThreeTexts = readonly [base: string, yours: string, template: string];

type Json = Record<string, unknown>;

const tables = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'scripts'];

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

function listOf(json: Json, table: string): DependencyList | undefined {
  const value = json[table] ?? {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  return entries.every(([, text]) => typeof text === 'string') ? new Map(entries as [string, string][]) : undefined;
}

/** Puts a table where it was; a new one comes after what stands before it in the template. */
function withTable(json: Json, table: string, list: DependencyList | undefined, template: Json): Json {
  const entries = Object.entries(json).filter(([name]) => name !== table);
  if (list === undefined) return Object.fromEntries(entries);
  const order = Object.keys(template);
  const before = new Set(
    table in json ? Object.keys(json).slice(0, Object.keys(json).indexOf(table)) : order.slice(0, order.indexOf(table)),
  );
  const place = entries.findLastIndex(([name]) => before.has(name)) + 1;
  return Object.fromEntries(entries.toSpliced(place, 0, [table, Object.fromEntries(list)]));
}

/** Two spaces, four, a tab: whatever the second line begins with. */
function indentOf(text: string): string {
  return /^[{][\r\n]+([ \t]+)/.exec(text)?.[1] ?? '  ';
}

/**
 * Makes the tables of names alike in three versions of a package.json, as far as they can be merged by name.
 *
 * What is left over is for the merge of lines. A version that is no JSON object leaves all three as they are.
 */
export function alignPackageJson(texts: ThreeTexts): ThreeTexts {
  const parsed = texts.map(parse);
  const [base, yours, template] = parsed;
  if (base === undefined || yours === undefined || template === undefined) return texts;
  let aligned: readonly [Json, Json, Json] = [base, yours, template];
  for (const table of tables) {
    const [ofBase, ofYours, ofTemplate] = aligned.map((json) => listOf(json, table));
    if (ofBase === undefined || ofYours === undefined || ofTemplate === undefined) continue;
    const merged = mergeDependencies({ base: ofBase, yours: ofYours, template: ofTemplate });
    const former = [ofBase, ofYours, ofTemplate] as const;
    // A text is written anew only for what its lines alone could not merge.
    if ([merged.base, merged.yours, merged.template].every((list, side) => isSameList(list, former[side] ?? list)))
      continue;
    const wanted = (list: DependencyList, json: Json) =>
      list.size > 0 || (table in json && table in yours) ? list : undefined;
    aligned = [
      withTable(aligned[0], table, wanted(merged.base, base), template),
      withTable(aligned[1], table, wanted(merged.yours, yours), template),
      withTable(aligned[2], table, wanted(merged.template, template), template),
    ];
  }
  if (aligned.every((json, side) => json === parsed[side])) return texts;
  const indent = indentOf(texts[1]);
  const end = texts[1].endsWith('\n') ? '\n' : '';
  const written = (json: Json) => `${JSON.stringify(json, null, indent)}${end}`;
  return [written(aligned[0]), written(aligned[1]), written(aligned[2])];
}
