import { answerInvalid, type CommandFacts } from '../errors.ts';

/** A file that a service writes again from its declarations. */
export interface GeneratedFile {
  readonly path: string;
  /** The words of the settings command that print it. */
  readonly words: readonly string[];
  /** What its first line says, so that one file never takes the place of another. */
  readonly heading: RegExp;
}

export const generatedFiles: readonly GeneratedFile[] = [
  { path: 'docs/defaults.md', words: ['docs'], heading: /^# \S/ },
  { path: 'config/production.env', words: ['env', 'production'], heading: /^# .*production/i },
  { path: 'config/staging.env', words: ['env', 'staging'], heading: /^# .*staging/i },
];

function liveLines(text: string): string[] {
  return text.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
}

/** The name a live line sets: its value is never repeated. */
function nameOf(line: string): string {
  return /^[A-Z][A-Z0-9_]*(?==)/.exec(line)?.[0] ?? 'a line that sets nothing';
}

/** Refuses what must not take the place of a file: nothing, half a text, another file, or one that lost a live line. */
export function refuseOtherText(file: GeneratedFile, facts: CommandFacts, current: string, text: string): void {
  const refuse = (got: string) =>
    answerInvalid(facts, got, `the text of ${file.path}, with every live line of the present one`);
  if (text.trim() === '') throw refuse('nothing on its stdout');
  const [first = ''] = text.split('\n', 1);
  if (!file.heading.test(first)) throw refuse('a first line that is not the heading of this file');
  if (!text.endsWith('\n')) throw refuse('a text that breaks off in its last line');
  if (!file.path.endsWith('.env')) return;
  const written = new Set(liveLines(text));
  const lost = liveLines(current).filter((line) => !written.has(line.trimEnd()));
  if (lost.length > 0) throw refuse(`a file without ${lost.map(nameOf).join(', ')}, which the present one has`);
}
