import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { readFacts } from './running-service.ts';

const limitBytes = 20 * 1024 * 1024;

/** The program of a README around which something is written that uses it, as a command. */
const programs = {
  node: (block: string, _module: string) => [
    process.execPath,
    '--input-type=module-typescript',
    '--eval',
    `import { loadSettings } from '@seaworthy/defaults';
const owner = 'team-orders';
${block}
const { settings } = loadSettings({ http: uploadServer }, { env: { DEPLOY_ENVIRONMENT: 'test' }, owner });
console.log(settings.http.bodyLimitBytes);`,
  ],
  python: (block: string, module: string) => [
    '.venv/bin/python',
    '-c',
    `import sys, pathlib
given = {"__name__": "${module}.example", "__package__": "${module}"}
exec("from ${module}.settings import Annotated, HttpServer, SERVICE_OWNER, SettingsTree", given)
exec(sys.argv[1], given)
exec("class Tree(SettingsTree):\\n    http_server: UploadServer", given)
from ${module}._seaworthy.load_settings import load_settings
environ = {"DEPLOY_ENVIRONMENT": "test"}
loaded = load_settings(given["Tree"], owner="team-orders", environ=environ, root=pathlib.Path("."))
print(loaded.settings.http_server.body_limit_bytes)`,
    block,
  ],
} as const;

/** The program in the README of a service does what stands above it. */
export function readmeContract(directory: string): void {
  it('gives a shipped setting another default by the program of its README', () => {
    const { language, name } = readFacts(directory);
    const readme = readFileSync(path.join(directory, 'README.md'), 'utf8');
    const [, block = ''] = /^```(?:ts|python)\n([^]*?)^```$/m.exec(readme) ?? [];
    const [program = '', ...args] = programs[language](block, name.replaceAll('-', '_'));
    const { PATH, HOME, LANG } = process.env;
    const options = { cwd: directory, env: { PATH, HOME, LANG }, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(program, args, options);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${limitBytes}\n`, stderr: '' });
  });
}
