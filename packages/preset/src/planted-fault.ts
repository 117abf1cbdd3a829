import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Where the faults are planted, one file for each rule. */
export const faults = path.resolve(import.meta.dirname, '../fixtures/fail');

/** The planted fault of a rule: its file below `fixtures/fail`, and the line that the tool must name. */
export interface PlantedFault {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

/** Reads the fault that is planted for a rule (`eqeqeq`, `vitest/valid-title`) or a family of ruff (`ruff/ASYNC`). */
export function plantedFault(rule: string): PlantedFault {
  const name = rule.includes('/') ? rule : `eslint/${rule}`;
  const file = ['.ts', '.test.ts', '.py'].map((end) => `${name}${end}`).find((each) => existsSync(faultPath(each)));
  if (file === undefined) throw new Error(`no fault is planted for ${rule}: expected fixtures/fail/${name}.ts`);
  const lines = readFileSync(faultPath(file), 'utf8').split('\n');
  const marks = lines.flatMap((text, index) => (/^\s*(\/\/|#) fault$/.test(text) ? [index] : []));
  const [mark] = marks;
  if (mark === undefined || marks.length > 1)
    throw new Error(`${file}: expected one line "fault", got ${marks.length}`);
  return { file, line: mark + 2, code: lines[mark + 1]?.trim() ?? '' };
}

function faultPath(file: string): string {
  return path.join(faults, file);
}
