import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { peersFolder, programs } from '../../bench/python/programs.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const requirements = readFileSync(path.join(peersFolder, 'requirements.txt'), 'utf8').trim().split('\n');

it('the programs are there, and each is taken from one of the list', () => {
  const files = new Set(programs.map(({ file }) => file));
  expect(programs.filter(({ file }) => !existsSync(path.join(peersFolder, file)))).toEqual([]);
  expect(programs.filter(({ base }) => !files.has(base))).toEqual([]);
});

it('every version that is named beside a program is pinned', () => {
  const pinned = requirements.map((line) => line.split('==')[0]);
  expect(programs.flatMap(({ packages }) => packages).filter((name) => !pinned.includes(name))).toEqual([]);
});

it('the framework and the server are those of the template', () => {
  const template = readFileSync(path.join(repository, 'templates/python-service/pyproject.toml'), 'utf8');
  const shared = requirements.filter((line) => /^(fastapi|uvicorn)==/.test(line));
  expect(shared).toHaveLength(2);
  expect(shared.filter((line) => !template.includes(`"${line}"`))).toEqual([]);
});
