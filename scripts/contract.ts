// `npm run contract`: what every service promises, run against both templates or against one service that is named.
import { spawnSync } from 'node:child_process';

import { readContractArguments } from './contract-arguments.ts';

const read = readContractArguments(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd());
if ('usage' in read) {
  process.stderr.write(read.usage);
  process.exitCode = 64;
} else {
  const { project } = read;
  // Three at once, also on two cores, where Vitest leaves one to itself: a test of a service waits more than it works.
  const args = ['run', '--project', project, '--maxWorkers=3'];
  const env = { ...process.env, ...('env' in read ? read.env : {}) };
  const { status, error } = spawnSync('vitest', args, { stdio: 'inherit', env });
  if (error !== undefined) throw error;
  process.exitCode = status ?? 1;
}
