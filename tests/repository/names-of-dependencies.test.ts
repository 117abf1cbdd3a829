// A service gives its name to a Python package, a Python module and an npm package: it must be that of nothing it stands beside.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describeWhere } from '@seaworthy/test-servers';
import { parseAnswers } from 'create-seaworthy';
import { describe, expect, it } from 'vitest';

const templates = path.resolve(import.meta.dirname, '../../templates');
const read = (file: string) => readFileSync(path.join(templates, file), 'utf8');
const python = path.join(templates, 'python-service/.venv/bin/python');

/** How a service would be called whose package or module had this name. */
function serviceOf(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

function isAccepted(name: string): boolean {
  try {
    parseAnswers({ name, language: 'python', owner: 'team-orders' });
    return true;
  } catch {
    return false;
  }
}

function acceptedOf(names: readonly string[]): string[] {
  return names.map(serviceOf).filter(isAccepted);
}

function packagesOf(lock: string): string[] {
  return Array.from(read(`python-service/${lock}`).matchAll(/^([\w.-]+)==/gm), ([, name = '']) => name);
}

/** What a program of the template's Python prints as JSON. */
function printedBy(program: string): string[] {
  const { status, stdout, stderr } = spawnSync(python, ['-c', program], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${python} ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout) as string[];
}

describe('the name of a service', () => {
  it('is one that is free', () => {
    expect(acceptedOf(['orders-api', 'Orders_API', 'sqlalchemy'])).toEqual(['orders-api', 'orders-api']);
  });

  it.each(['requirements.lock', 'requirements-dev.lock'])('is no package of %s', (lock) => {
    const names = packagesOf(lock);
    expect(names).toContain(lock === 'requirements.lock' ? 'fastapi' : 'pytest');
    expect(acceptedOf(names)).toEqual([]);
  });

  it('is no package that the Node template depends on', () => {
    const { dependencies, devDependencies } = JSON.parse(read('node-service/package.json')) as Record<string, object>;
    const names = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith('@'));
    expect(names).toEqual(expect.arrayContaining(['fastify', 'vitest']));
    expect(acceptedOf(names)).toEqual([]);
  });
});

describeWhere(existsSync(python), "the Python template's environment (npm run python:setup)")(
  'the name of a service',
  () => {
    it.each([
      ['module of what is installed', 'import json, importlib.metadata as m', 'm.packages_distributions()', 'pytest'],
      ["module of Python's standard library", 'import json, sys', 'sys.stdlib_module_names', 'json'],
      ['keyword of Python', 'import json, keyword as k', '[*k.kwlist, *k.softkwlist]', 'match'],
    ])('is no %s', (_what, imports, list, one) => {
      const names = printedBy(`${imports}; print(json.dumps(sorted(${list})))`);
      expect(names).toContain(one);
      expect(acceptedOf(names)).toEqual([]);
    });
  },
);
