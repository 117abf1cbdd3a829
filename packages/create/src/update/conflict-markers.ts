import { toPlainText } from './text-form.ts';

// Where both sides moved a file, git makes its markers longer than seven.
const begin = /^<{7,} yours(?::.*)?\r?$/m;
const mark = /^(?:<{7,} yours|\|{7,} before|>{7,} template)(?::.*)?\r?$/;
const separator = /^={7,}\r?$/;
const marked = ['<<<<<<< yours', '||||||| before', '>>>>>>> template'];
const beside = /~(?:yours|template)(?:_\d+)?$/;

function linesLike(pattern: RegExp, contents: Buffer): number[] {
  const lines = toPlainText(contents).plain.toString('utf8').split('\n');
  return lines.flatMap((line, index) => (pattern.test(line) ? [index + 1] : []));
}

/** True for text in which git has left a conflict. */
export function hasConflict(contents: Buffer): boolean {
  return begin.test(contents.toString('utf8'));
}

/** Names the middle part of a conflict, which git gives the name of a commit that nobody has. */
export function nameMiddle(contents: Buffer): Buffer {
  const text = contents.toString('latin1');
  return Buffer.from(text.replaceAll(/^(\|{7,}) [0-9a-f]{7,40}(:.*)?$/gm, '$1 before'), 'latin1');
}

/** The lines of a file that still carry a marker which no text of its own looks like. */
export function markerLines(contents: Buffer): number[] {
  return marked.some((text) => contents.includes(text)) ? linesLike(mark, contents) : [];
}

/** The lines that look like the middle of a conflict: in a document they may be a heading. */
export function separatorLines(contents: Buffer): number[] {
  return linesLike(separator, contents);
}

/** How many of these lines a file with conflicts has of its own. */
export function ownSeparators(contents: Buffer): number {
  return separatorLines(contents).length - linesLike(begin, contents).length;
}

/** The file beside which git has laid this one, since something else stands in its place. */
export function besideWhich(file: string): string | undefined {
  return beside.test(file) ? file.replace(beside, '') : undefined;
}
