import path from 'node:path';

import { testTemplate } from 'create-seaworthy/testing';
import { describe } from 'vitest';

import { plainEnvironment } from '../../scripts/demo-session.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const pnpm = path.join(repository, 'node_modules/pnpm/bin/pnpm.mjs');

describe('a Node service that pnpm installs', () => {
  const env = plainEnvironment();
  // Its own Node is younger than the one of the host, which pnpm may refuse.
  env['PATH'] = `${path.dirname(process.execPath)}${path.delimiter}${env['PATH']}`;

  testTemplate({
    language: 'node',
    hostNode: process.versions.node,
    vendorDirectory: path.join(repository, 'packages/create/vendor'),
    commands: [`node '${pnpm}' install --ignore-workspace`, 'make lint', 'make test'],
    env,
  });
});
