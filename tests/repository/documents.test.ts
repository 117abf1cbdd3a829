import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { shellCommands } from './shell-blocks.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(repository, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const packages = readdirSync(path.join(repository, 'packages'));
const guides = readdirSync(path.join(repository, 'docs'))
  .filter((file) => file.endsWith('.md'))
  .map((file) => `docs/${file}`);
const published = packages.filter((name) => existsSync(path.join(repository, `packages/${name}/README.md`)));
const documents = ['README.md', 'CONTRIBUTING.md', ...guides, ...published.map((name) => `packages/${name}/README.md`)];

/** The end-to-end tests run the demo and plop with these arguments; `npm ci` and `npm test` are what runs this test. */
const runElsewhere = [
  /^npm ci$/,
  /^npm test$/,
  /^npm run demo( -- --language=python)?$/,
  /^npx plop service -- --name=[a-z-]+ --language=(node|python) --owner=[a-z-]+$/,
  // contract-command.test.ts asks an address, and the end-to-end tests run the same list on their own services.
  /^npm run contract -- --(dir services\/[a-z-]+|url http:\/\/127\.0\.0\.1:8080)$/,
  // updating-a-service.test.ts runs them on services of both templates.
  /^npx create-seaworthy update( --(check|dry-run|continue|abort))?$/,
  /^npm run fix$/,
  /^npx changeset$/,
  /^npm install (--save-dev )?[@a-z/ -]+$/,
];

describe.each(documents)('%s', (document) => {
  it('names only commands that some test runs', () => {
    const commands = shellCommands(read(document)).flatMap((command) => command.split(' && '));
    expect(commands.filter((command) => !runElsewhere.some((known) => known.test(command)))).toEqual([]);
    const named = commands.flatMap((command) => /^npm run ([a-z]+)/.exec(command)?.[1] ?? []);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  it('links only to what is there', () => {
    const links = [...read(document).matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, link = '']) => link);
    const folder = path.dirname(path.join(repository, document));
    expect(links.filter((link) => !existsSync(path.join(folder, link)))).toEqual([]);
  });
});

describe('changesets', () => {
  it('name every package that is published', () => {
    const files = readdirSync(path.join(repository, '.changeset')).filter((file) => file.endsWith('.md'));
    const text = files.map((file) => read(`.changeset/${file}`)).join('\n');
    const manifests = packages.map(
      (name) => JSON.parse(read(`packages/${name}/package.json`)) as { name: string; private?: boolean },
    );
    const names = manifests.filter((manifest) => manifest.private !== true).map(({ name }) => name);
    expect(names.filter((name) => !text.includes(`"${name}"`))).toEqual([]);
  });
});
