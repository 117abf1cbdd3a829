import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { readFacts, temporaryFolder } from './running-service.ts';

/** The settings command of a service as a line for a shell, from any folder: what it reads stands below the working directory. */
export function settingsLine(directory: string): string {
  const { language, name } = readFacts(directory);
  const module = name.replaceAll('-', '_');
  return language === 'node'
    ? `node "${directory}/src/settings-command.ts"`
    : `"${directory}/.venv/bin/python" -m ${module}.settings`;
}

/** A copy of a service's files with changes, in which its own settings command runs. */
export function onCopy<T>(directory: string, changes: Readonly<Record<string, string>>, use: (folder: string) => T): T {
  const folder = temporaryFolder();
  try {
    for (const part of ['config', 'docs'])
      cpSync(path.join(directory, part), path.join(folder, part), { recursive: true });
    const facts = { ...readFacts(directory), commands: { settings: settingsLine(directory) } };
    writeFileSync(path.join(folder, 'service.json'), JSON.stringify(facts));
    for (const [file, text] of Object.entries(changes)) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
