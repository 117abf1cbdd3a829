import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { publishedPackages } from '../../scripts/published-packages.ts';
import { blocksOf, brokenLinks, markdownFiles } from './markdown.ts';
import { shellCommands, withoutAssignments } from './shell-blocks.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(repository, file), 'utf8');
const scriptsOf = (file: string) => (JSON.parse(read(file)) as { scripts: Record<string, string> }).scripts;
const scripts = scriptsOf('package.json');
const documents = markdownFiles(repository);

/** The end-to-end tests run the demo and plop with these arguments; `npm ci` and `npm test` are what runs this test. */
const runElsewhere = [
  /^npm ci$/,
  /^npm test$/,
  /^npm run demo( -- --language=python)?$/,
  /^npx plop service -- --name=[a-z-]+ --language=(node|python) --owner=[a-z-]+$/,
  // packages/create/src/doors/three-doors.test.ts runs it from the packed package.
  /^npx create-seaworthy orders-api --language=python --owner=team-orders$/,
  // contract-command.test.ts asks an address, and the end-to-end tests run the same list on their own services.
  /^npm run contract -- --(dir services\/[a-z-]+|url http:\/\/127\.0\.0\.1:8080)$/,
  // updating-a-service.test.ts runs them on services of both templates.
  /^npx create-seaworthy update( --(check|dry-run|continue|abort))?$/,
  /^npm run fix$/,
  /^npx changeset$/,
  // check-changesets.test.ts and version-packages.test.ts run both scripts.
  /^npm run check:changesets -- --since=origin\/main$/,
  /^npm run version-packages$/,
  /^npm install (--save-dev )?[@a-z/ -]+$/,
];

function isRunByNoTest(command: string): boolean {
  const [, script] = /^npm run ([a-z:-]+)/.exec(command) ?? [];
  return (
    !runElsewhere.some((known) => known.test(command)) || (script !== undefined && !Object.hasOwn(scripts, script))
  );
}

/**
 * Whether a service has what a command of its documents starts.
 *
 * The end-to-end tests run what a README of a service says; a runbook is for the day when something is broken.
 */
function isThere(template: string, command: string): boolean {
  const words = withoutAssignments(command)
    .replace(/^timeout \S+ /, '')
    .split(' ');
  if (words.join('').trim() === '') return true;
  const [program = '', first = '', second = ''] = words.filter((word) => word !== '--silent');
  if (program === 'make') return new RegExp(`^${first}:`, 'm').test(read(`${template}/Makefile`));
  if (program === 'npm' && first === 'run') return Object.hasOwn(scriptsOf(`${template}/package.json`), second);
  if (program === 'npm') return Object.hasOwn(scriptsOf(`${template}/package.json`), first);
  if (program === '.venv/bin/python') {
    const module = path.join(template, 'src', second.replaceAll('.', '/'));
    return (
      first === '-m' && ['.py', '/__main__.py'].some((end) => existsSync(path.join(repository, `${module}${end}`)))
    );
  }
  return ['cp', 'curl', 'git', 'mkdir', 'mv', 'pg_dump', 'pg_restore'].includes(program);
}

describe.each(documents)('%s', (document) => {
  const [, template] = /^(templates\/[a-z-]+)\//.exec(document) ?? [];
  const commands = shellCommands(read(document)).flatMap((command) => command.split(' && '));

  it('links only to files and headings that are there', () => {
    expect(brokenLinks(repository, document)).toEqual([]);
  });

  it('names only commands that some test runs, or that a service has', () => {
    expect(
      template === undefined ? commands.filter(isRunByNoTest) : commands.filter((each) => !isThere(template, each)),
    ).toEqual([]);
  });

  it('shows TypeScript only where the tests of examples or the contract run it', () => {
    const isRun = /^(README\.md|docs\/[^/]+\.md|(packages|templates)\/[^/]+\/README\.md)$/.test(document);
    expect(blocksOf(read(document)).filter(({ language }) => language === 'ts' && !isRun)).toEqual([]);
  });
});

describe('the decisions', () => {
  const pages = readdirSync(path.join(repository, 'docs/decisions')).toSorted();

  it('are numbered without a gap', () => {
    expect(pages.map((page) => Number(page.slice(0, 4)))).toEqual(pages.map((_page, index) => index + 1));
  });

  it.each(pages)('%s says what, why, at what cost, guarded by what, and what would change it', (page) => {
    const text = read(`docs/decisions/${page}`);
    expect(text.split('\n').length).toBeLessThanOrEqual(40);
    expect(text).toMatch(new RegExp(`^# ${page.slice(0, 4)}: `));
    expect(text.match(/^\*\*.+?\.\*\*/gm)).toEqual([
      '**Decided.**',
      '**Why.**',
      '**What it costs.**',
      '**What guards it.**',
      '**What would change it.**',
    ]);
  });

  it.each([...pages.map((page) => `docs/decisions/${page}`), 'CONTRIBUTING.md', 'SECURITY.md'])(
    '%s names only files and scripts that are there',
    (document) => {
      const quoted = [...read(document).matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);
      const files = quoted.filter((text) => /^(bench|docs|packages|scripts|templates|tests)\/[\w./-]+$/.test(text));
      expect(files.filter((file) => !existsSync(path.join(repository, file)))).toEqual([]);
      const known = { ...scripts, ...scriptsOf('templates/node-service/package.json') };
      const named = quoted.flatMap((text) => /^npm run ([a-z][a-z:-]*)/.exec(text)?.[1] ?? []);
      expect(named.filter((script) => !Object.hasOwn(known, script))).toEqual([]);
    },
  );
});

describe('changesets', () => {
  it('name every package that has no changelog yet', () => {
    const files = readdirSync(path.join(repository, '.changeset')).filter((file) => file.endsWith('.md'));
    const text = files.map((file) => read(`.changeset/${file}`)).join('\n');
    const unreleased = publishedPackages().filter(({ directory }) => !existsSync(path.join(directory, 'CHANGELOG.md')));
    const names = unreleased.map(({ manifest }) => manifest.name);
    expect(names.filter((name) => !text.includes(`"${name}"`))).toEqual([]);
  });
});
