import { cleanLogValue } from './clean-log-value.ts';

/**
 * A function that takes hidden keys, in lower case here, out of a written line of JSON, however they are spelled there.
 *
 * A line without one is returned as it is and never parsed.
 */
export function createLineCleaner(hidden: ReadonlySet<string>): (line: string) => string {
  // A quote inside a text is escaped in JSON, so what stands between bare quotes and a colon is a key.
  const anyHidden = new RegExp(`"(?:${[...hidden].join('|')})":`, 'i');
  const limits = { hidden, depthLimit: Infinity, edgeLimit: Infinity };
  return (line) => {
    if (!anyHidden.test(line)) return line;
    const end = line.slice(line.lastIndexOf('}') + 1);
    try {
      return `${JSON.stringify(cleanLogValue(JSON.parse(line), limits))}${end}`;
    } catch {
      // A timestamp or formatter that writes no JSON: rather lose the line than show what it hides.
      return `{"msg":"[not readable]"}${end}`;
    }
  };
}
