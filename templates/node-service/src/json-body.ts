import { problems } from './problem.ts';

/** Deeper than any order; a body of brackets alone would otherwise be built before it is refused. */
const maxDepth = 100;

/** Reads a body as strict UTF-8 and JSON; `__proto__` is a field like any other. */
export function parseJson(body: Uint8Array): unknown {
  if (isTooDeep(body)) throw problems.malformedJson();
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw problems.malformedJson();
  }
}

function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const character = String.fromCharCode(bytes[index] ?? 0);
    if (inString && character === '\\') index += 1;
    else if (character === '"') inString = !inString;
    else if (!inString && (character === '[' || character === '{')) depth += 1;
    else if (!inString && (character === ']' || character === '}')) depth -= 1;
    if (depth > maxDepth) return true;
  }
  return false;
}
