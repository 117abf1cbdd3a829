// Writes every generated file of the repository; `generated.ts` lists them and a test compares them with what is committed.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { generatedFiles } from './generated.ts';

for (const { file, contents } of generatedFiles()) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, contents);
}
