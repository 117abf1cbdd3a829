#!/usr/bin/env node
// Plain JavaScript that imports nothing of ours at its top: it also runs on a Node that is too old for the rest.
import { existsSync } from 'node:fs';

const program = new URL('../dist/cli.js', import.meta.url);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr
    .write(`this Node is too old: got ${process.versions.node}, expected 20.19 or newer. Nothing was written.
  - install a newer Node; trying again with this one fails again
`);
  process.exitCode = 1;
} else if (existsSync(program)) {
  await import(program.href);
} else {
  process.stderr.write(`create-seaworthy is not built. Nothing was written.
  - run npm run build, then try again
`);
  process.exitCode = 1;
}
