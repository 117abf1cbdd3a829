// Writes packages/healthcheck/contract/verdicts: `node bench/deploy-verdict/write-histories.ts`. A verdict that changes is a change of the contract.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { judgeDeployment } from './healthcheck.ts';
import { buildHistory } from './histories/build-history.ts';
import { recordsOf } from './histories/history-file.ts';
import type { Recipe } from './histories/recipe.ts';
import { collecting } from './histories/recipes/collecting.ts';
import { databaseWork } from './histories/recipes/database-work.ts';
import { errors } from './histories/recipes/errors.ts';
import { faster } from './histories/recipes/faster.ts';
import { noChange } from './histories/recipes/no-change.ts';
import { notEnoughData } from './histories/recipes/not-enough-data.ts';
import { preliminary } from './histories/recipes/preliminary.ts';
import { sideBySide } from './histories/recipes/side-by-side.ts';
import { slower } from './histories/recipes/slower.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const folder = path.join(repository, 'packages/healthcheck/contract/verdicts');

const recipes: readonly Recipe[] = [
  ...slower,
  ...faster,
  ...errors,
  ...databaseWork,
  ...noChange,
  ...notEnoughData,
  ...collecting,
  ...preliminary,
  ...sideBySide,
];

mkdirSync(folder, { recursive: true });
for (const file of globSync('*.json', { cwd: folder })) rmSync(path.join(folder, file));
for (const recipe of recipes) {
  const history = buildHistory(recipe);
  const verdict = judgeDeployment({ ...history.input, records: recordsOf(history) });
  process.stdout.write(`${recipe.name}: ${verdict.sentence}\n`);
  if (verdict.verdict !== recipe.expected) {
    process.stderr.write(`${recipe.name}: expected "${recipe.expected}", got "${verdict.verdict}"\n`);
    process.exitCode = 1;
  }
  const file = path.join(folder, `${recipe.name}.json`);
  writeFileSync(file, `${JSON.stringify({ ...history, expected: verdict }, undefined, 2)}\n`);
}
const { status } = spawnSync('npx', ['oxfmt', folder], { cwd: repository, stdio: 'inherit' });
process.exitCode ??= status ?? 1;
