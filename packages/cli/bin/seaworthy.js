#!/usr/bin/env node
// Plain JavaScript that imports nothing of ours at its top: it also runs on a Node that is too old for the rest.
import { existsSync } from 'node:fs';

const program = new URL('../dist/cli.js', import.meta.url);

/** @param {Readonly<Record<string, string>>} facts */
function refuse(/** @type {string} */ what, facts) {
  const lines = Object.entries(facts).map(([key, value]) => `   ${key.padEnd(10)}${value}`);
  process.stderr.write(`CommandError: ${what}. Nothing was run.\n${lines.join('\n')}\n`);
  process.exitCode = 2;
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  refuse('this Node is too old', {
    code: 'CLI_NODE_TOO_OLD',
    got: `Node ${process.versions.node}`,
    expected: 'Node 22.18 or newer',
    fix: 'install a newer Node, or run seaworthy with npx in a service that brings its own',
    retry: 'no: the same Node refuses again',
    owner: 'whoever runs the command',
  });
} else if (existsSync(program)) {
  await import(program.href);
} else {
  refuse('seaworthy is not built', {
    code: 'CLI_NOT_BUILT',
    got: 'no dist/cli.js',
    expected: 'a built package',
    fix: 'npm run build',
    retry: 'yes: once it is built',
    owner: 'whoever runs the command',
  });
}
