import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { commandErrorCodes } from './errors.ts';
import { run } from './run.ts';
import { database, port, report, token } from './testing/fixture-reports.ts';
import { answeringService } from './testing/fixture-service.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const [, session = ''] = /^```console\n([^]*?)^```$/m.exec(readme) ?? [];
const steps = session
  .split(/^\$ seaworthy /m)
  .slice(1)
  .map((step): [string, string] => {
    const end = step.indexOf('\n');
    return [step.slice(0, end), step.slice(end + 1)];
  });

const settings = { HTTP_PORT: port, DATABASE_URL: database, HEALTH_TOKEN: token };
const ofProduction = { ...settings, DATABASE_URL: { ...database, value: 'sqlite:var/production.db' } };
const production = (line: string) => `# Production settings\n${'#\n'.repeat(10)}${line}\n`;
const answers = {
  'verify staging': { stdout: report('staging', settings) },
  'verify production': { stdout: report('production', ofProduction) },
  docs: { stdout: '# Settings\n' },
  'env production': { stdout: production('# HTTP_REQUEST_TIMEOUT=30s') },
  'env staging': { stdout: '# Staging settings\n' },
};
const files = {
  'docs/defaults.md': '# Settings\n',
  'config/production.env': production('# HTTP_REQUEST_TIMEOUT=20s'),
  'config/staging.env': '# Staging settings\n',
};

async function help(...words: string[]): Promise<string> {
  let text = '';
  const screen = { write: (more: string) => (text += more) };
  await run([...words, '--help'], { stdout: screen, stderr: screen });
  return text;
}

describe('README.md', () => {
  it('shows three commands', () => {
    expect(steps).toHaveLength(3);
  });

  it.each(steps)('shows what %s prints on a terminal', async (command, expected) => {
    let printed = '';
    const screen = { isTTY: true, write: (text: string) => (printed += text) };
    const directory = answeringService(answers, files);
    await run([...command.split(' '), '--directory', directory], { stdout: screen, stderr: screen });
    expect(printed).toBe(expected);
  });

  it('lists every code with its words', () => {
    const rows = [...readme.matchAll(/^\| `(CLI_[A-Z_]+)` \| (.+?) \|/gm)].map(([, code, what]) => [code, what]);
    expect(rows).toEqual(Object.entries(commandErrorCodes).map(([code, [, what]]) => [code, what]));
  });

  it('lists every command and every option', async () => {
    const names = (text: string) => [...text.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name = '']) => name);
    const commands = names(await help('config')).map((name) => `config ${name}`);
    const all = [...commands, ...names(await help())];
    expect([...readme.matchAll(/^\| `(config [a-z]+|update)[^|]*` \|/gm)].map(([, name]) => name)).toEqual(all);
    const options = await Promise.all(all.map((command) => help(...command.split(' '))));
    const flags = [...options.join('\n').matchAll(/^ {2}(?:-h, )?(--[a-z-]+( <[a-z]+>)?)/gm)].map(([, flag]) => flag);
    expect(new Set([...readme.matchAll(/^\| `(--.+?)` \|/gm)].map(([, flag]) => flag))).toEqual(new Set(flags));
  });
});
