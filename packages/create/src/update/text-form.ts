import { isUtf8 } from 'node:buffer';

/** How a text file lies on the disk, apart from what it says. */
export interface TextForm {
  readonly crlf: boolean;
  readonly bom: boolean;
}

const bom = Buffer.from([0xef, 0xbb, 0xbf]);

/** True for UTF-8 without a NUL: what lines can be merged in. */
export function isText(contents: Buffer): boolean {
  return isUtf8(contents) && !contents.includes(0);
}

/**
 * Takes away a byte order mark and CRLF line ends, which an editor or git put there and no template has.
 *
 * A file that mixes its line ends is left as it is: bringing CRLF back everywhere would change lines that nobody edited.
 */
export function toPlainText(contents: Buffer): { readonly plain: Buffer; readonly form: TextForm } {
  const hasBom = contents.subarray(0, 3).equals(bom);
  const isPlain = !hasBom && !contents.includes(13);
  if (isPlain || !isText(contents)) return { plain: contents, form: { crlf: false, bom: false } };
  const text = contents.subarray(hasBom ? 3 : 0).toString('latin1');
  const crlf = /\r\n/.test(text) && !/(^|[^\r])\n|\r(?!\n)/.test(text);
  const plain = Buffer.from(crlf ? text.replaceAll('\r\n', '\n') : text, 'latin1');
  return { plain, form: { crlf, bom: hasBom } };
}

/** Puts back what `toPlainText` took away. */
export function fromPlainText(plain: Buffer, form: TextForm | undefined): Buffer {
  if (form === undefined || (!form.crlf && !form.bom) || !isText(plain)) return plain;
  const text = plain.toString('latin1');
  const ended = Buffer.from(form.crlf ? text.replaceAll(/\r?\n/g, '\r\n') : text, 'latin1');
  return form.bom ? Buffer.concat([bom, ended]) : ended;
}
