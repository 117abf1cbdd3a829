import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { bundleUse, oneLineUses } from './one-line-uses.ts';

/** Writes a small service that uses the preset by one line for each tool. */
export function writeProject(folder: string): void {
  const files = {
    'package.json': '{ "name": "sample", "version": "0.0.0", "private": true, "type": "module" }\n',
    'src/index.ts': "export function label(paid: boolean): string {\n  return paid ? 'done' : 'to pay';\n}\n",
    'tests/unit/index.test.ts':
      "import { expect, it } from 'vitest';\n\nimport { label } from '../../src/index.ts';\n\nit('tells', () => {\n  expect(label(true)).toBe('done');\n});\n",
    ...Object.fromEntries([...oneLineUses, bundleUse].map(({ config, line }) => [config, `${line}\n`])),
  };
  for (const [file, text] of Object.entries(files)) write(folder, file, text);
}

function write(folder: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

/** Runs a tool as the project's own scripts would. */
function run(folder: string, [program = '', ...args]: readonly string[]) {
  const { VITEST: _inside, ...outside } = process.env;
  const search = [path.join(folder, 'node_modules/.bin'), process.env['PATH']].join(path.delimiter);
  const env = { ...outside, PATH: search, CI: 'true', NO_COLOR: '1' };
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    env,
    timeout: 60_000,
  });
  if (error !== undefined) throw error;
  return { status, output: stdout + stderr };
}

/** Tries each use in a project that has the preset installed: it accepts, it finds the fault, and it can be overridden. */
export function describeOneLineUses(from: string, folder: () => string): void {
  describe(`the preset ${from}`, { timeout: 120_000 }, () => {
    describe.each(oneLineUses)('$tool by one line', ({ config, line, override, command, fault }) => {
      afterEach(() => {
        rmSync(path.join(folder(), fault.file), { force: true });
        write(folder(), config, `${line}\n`);
      });

      it('accepts what is right', () => {
        const { status, output } = run(folder(), command);
        expect(status, output).toBe(0);
      });

      it('finds a fault', () => {
        write(folder(), fault.file, fault.text);
        const { status, output } = run(folder(), fault.command);
        expect(output).toContain(fault.says);
        expect(status).not.toBe(0);
      });

      it('is overridden as the tool says', () => {
        write(folder(), fault.file, fault.text);
        write(folder(), config, `${override}\n`);
        const { status, output } = run(folder(), fault.command);
        expect(status, output).toBe(0);
      });
    });

    describe('tsup by one line', () => {
      afterEach(() => write(folder(), bundleUse.config, `${bundleUse.line}\n`));
      const bundle = (): string[] => {
        const { status, output } = run(folder(), ['tsup']);
        expect(status, output).toBe(0);
        return readdirSync(path.join(folder(), 'dist')).toSorted();
      };

      it('writes an ES module with its map', () => {
        expect(bundle()).toEqual(['index.js', 'index.js.map']);
      });

      it('is overridden as the tool says', () => {
        write(folder(), bundleUse.config, `${bundleUse.override}\n`);
        expect(bundle()).toEqual(['index.cjs', 'index.cjs.map']);
        expect(existsSync(path.join(folder(), 'dist/index.js'))).toBe(false);
      });
    });
  });
}
