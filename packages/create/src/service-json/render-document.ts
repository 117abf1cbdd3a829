import { ScaffoldError } from '../errors.ts';

const mark = /^<!-- seaworthy:(begin|end) ([a-z-]+) -->$/;

interface OpenBlock {
  readonly name: string;
  readonly line: number;
}

/**
 * Replaces what stands between the marks `<!-- seaworthy:begin NAME -->` and `<!-- seaworthy:end NAME -->`.
 *
 * Everything outside the marks belongs to whoever wrote it and is kept byte for byte.
 *
 * @throws {ScaffoldError} `SCAFFOLD_DOCUMENT`, naming every mark that is missing, unknown, repeated or left open.
 */
export function renderDocument(file: string, markdown: string, blocks: Readonly<Record<string, string>>): string {
  const problems: string[] = [];
  const seen = new Set<string>();
  const output: string[] = [];
  let open: OpenBlock | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    const [, kind, name = ''] = mark.exec(line) ?? [];
    const place = `${file}:${index + 1}`;
    const block = Object.hasOwn(blocks, name) ? blocks[name] : undefined;
    if (kind === 'begin') {
      if (open !== undefined) problems.push(`${place}: "${name}" begins inside "${open.name}"`);
      if (block === undefined) problems.push(`${place}: no block is called "${name}"`);
      if (seen.has(name)) problems.push(`${place}: "${name}" stands here a second time`);
      seen.add(name);
      open = { name, line: index + 1 };
      output.push(line, '', block ?? '', '');
    } else if (kind === 'end') {
      if (open?.name !== name) problems.push(`${place}: "${name}" ends without its beginning`);
      open = undefined;
      output.push(line);
    } else if (open === undefined) output.push(line);
  }
  if (open !== undefined) problems.push(`${file}:${open.line}: "${open.name}" has no end`);
  for (const name of Object.keys(blocks)) {
    if (!seen.has(name)) problems.push(`${file}: the marks of "${name}" are missing`);
  }
  if (problems.length > 0) throw new ScaffoldError('SCAFFOLD_DOCUMENT', problems);
  return output.join('\n');
}

/** A Markdown table; a `|` inside a cell is escaped. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), `|${' --- |'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}

export function shell(...commands: readonly string[]): string {
  return ['```sh', ...commands, '```'].join('\n');
}
