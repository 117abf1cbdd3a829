// Whoever knows the service of one language knows that of the other: their documents differ in what is listed, and in nothing else.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { commands, lines, names, settings } from './language-differences.ts';

type Language = 'node' | 'python';

const templates = path.resolve(import.meta.dirname, '../../templates');
const folderOf = (language: Language) => path.join(templates, `${language}-service`);
const documentsOf = (language: Language) =>
  globSync(
    ['*.md', 'service.json', 'config/*', 'docs/**/*.*', 'migrations/**/*.*', 'ops/**/*.*', '.github/**/*.*'].concat(
      '.seaworthy/service.schema.json',
    ),
    { cwd: folderOf(language) },
  ).toSorted();

// The longest first: `npm start` stands in no other, but `python -m marlin_service` does.
const pairs = [...commands, ...names].toSorted((left, right) => right.python.length - left.python.length);
/** What of the lists was met in the documents of a language. */
const met = { node: new Set<string>(), python: new Set<string>() };

function isOwn(line: string, language: Language): boolean {
  const setting = settings[language].find((name) => line.includes(`\`${name}\``) || line.includes(`# ${name}=`));
  const own = setting ?? lines[language].find((beginning) => line.trim().startsWith(beginning));
  if (own !== undefined) met[language].add(own);
  return own !== undefined;
}

/** A document without what is listed: paragraphs of a file of settings are left out whole, as are programs. */
function comparable(file: string, language: Language): string[] {
  let text = readFileSync(path.join(folderOf(language), file), 'utf8');
  // What make lists is compared; how a target does it is the business of its language.
  if (file === 'Makefile') text = (text.match(/^[a-z-]+:.*$/gm) ?? []).join('\n');
  text = text.replaceAll(/^```(?:ts|python)\n[^]*?^```$/gm, '(a program)');
  for (const [index, pair] of pairs.entries()) {
    if (text.includes(pair[language])) met[language].add(pair[language]);
    text = text.replaceAll(pair[language], `(${index})`);
  }
  if (file.endsWith('.env')) {
    const paragraphs = text.trimEnd().split('\n\n');
    return paragraphs.filter((paragraph) => !isOwn(paragraph, language));
  }
  // Blank lines keep paragraphs apart, so one that is left out takes its own along.
  return text.split('\n').filter((line) => line.trim() !== '' && !isOwn(line, language));
}

describe('the documents of the two templates', () => {
  it('are the same files', () => {
    expect(documentsOf('node')).toEqual(documentsOf('python'));
    expect(documentsOf('node')).toEqual(
      expect.arrayContaining(['README.md', 'RUNBOOK.md', 'CHECKLIST.md', 'docs/defaults.md', 'config/staging.env']),
    );
  });

  it.each([...documentsOf('node'), 'Makefile'])('%s differs in what is listed only', (file) => {
    expect(comparable(file, 'python')).toEqual(comparable(file, 'node'));
  });

  it.each(['node', 'python'] as const)('no difference is listed that %s no longer has', (language) => {
    for (const file of [...documentsOf(language), 'Makefile']) comparable(file, language);
    const listed = [...pairs.map((pair) => pair[language]), ...settings[language], ...lines[language]];
    expect(listed.filter((each) => !met[language].has(each))).toEqual([]);
  });
});
