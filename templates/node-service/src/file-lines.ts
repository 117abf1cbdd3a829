export interface FileLine {
  readonly number: number;
  /** Without its line end; undefined for a line that is too long to be kept. */
  readonly bytes: Buffer | undefined;
}

const newline = 0x0a;

/** Splits what is read of a file into lines; one of more than `maxBytes` is dropped, so that no file can fill the memory. */
export async function* fileLines(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<FileLine> {
  let number = 1;
  let rest: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      yield { number, bytes: joined(rest, chunk.subarray(start, end), maxBytes) };
      number += 1;
      rest = Buffer.alloc(0);
      start = end + 1;
    }
    rest = joined(rest, chunk.subarray(start), maxBytes);
  }
  if (rest?.length !== 0) yield { number, bytes: rest };
}

function joined(head: Buffer | undefined, tail: Buffer, maxBytes: number): Buffer | undefined {
  if (head === undefined || head.length + tail.length > maxBytes) return undefined;
  return Buffer.concat([head, tail]);
}
