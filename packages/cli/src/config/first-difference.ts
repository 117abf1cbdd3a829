export interface LineDifference {
  readonly line: number;
  /** What should stand there. */
  readonly expected: string;
}

const lineBreak = /\n$/;

/** A live line may hold a password: only its name is shown. */
function shown(line: string): string {
  return line === '' ? 'an empty line' : line.replace(/^([A-Z][A-Z0-9_]*)=.*$/, '$1=…');
}

/** The first line in which a file is not the text it should be, or undefined where it is. */
export function firstDifference(current: string, wanted: string): LineDifference | undefined {
  if (current === wanted) return undefined;
  const present = current === '' ? [] : current.replace(lineBreak, '').split('\n');
  const expected = wanted.replace(lineBreak, '').split('\n');
  const index = expected.findIndex((line, at) => line !== present[at]);
  if (index === -1) {
    const longer = present.length > expected.length;
    return {
      line: expected.length + (longer ? 1 : 0),
      expected: longer ? 'the end of the file' : 'a line feed at the end',
    };
  }
  const ending = present[index] === `${expected[index]}\r` ? ', without a carriage return' : '';
  return { line: index + 1, expected: `${shown(expected[index] ?? '')}${ending}` };
}
