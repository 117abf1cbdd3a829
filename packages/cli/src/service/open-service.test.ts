import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { CommandError } from '../errors.ts';
import { temporaryFolder } from '../testing/fixture-service.ts';

import { openService } from './open-service.ts';

const facts = { name: 'orders-api', owner: 'team-orders', commands: { settings: 'make settings' } };

function refusal(folder: string): CommandError {
  try {
    openService(folder);
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
  throw new Error('the service was opened');
}

const refusalOf = (text: string) => refusal(temporaryFolder({ 'service.json': text }));

describe('openService', () => {
  it('reads what the settings need, whatever else stands there', () => {
    const directory = temporaryFolder({ 'service.json': `\uFEFF${JSON.stringify({ ...facts, routes: 'wrong' })}` });
    expect(openService(directory)).toEqual({ ...facts, directory });
  });

  it.each([
    ['no JSON', '{', 'CLI_SERVICE_INVALID', 'no JSON'],
    ['nothing', '', 'CLI_SERVICE_INVALID', 'no JSON'],
    ['a list', '[]', 'CLI_SERVICE_INVALID', 'no JSON object'],
    ['null', 'null', 'CLI_SERVICE_INVALID', 'no JSON object'],
    ['no owner', '{"name":"a"}', 'CLI_SERVICE_INVALID', 'owner is not one line of text'],
    ['no commands', '{"name":"a","owner":"b"}', 'CLI_SETTINGS_COMMAND', 'commands.settings is not there'],
    ['commands as text', '{"name":"a","owner":"b","commands":"x"}', 'CLI_SETTINGS_COMMAND', 'is not there'],
    ['other commands', '{"name":"a","owner":"b","commands":{}}', 'CLI_SETTINGS_COMMAND', 'is not there'],
    ['a blank command', '{"name":"a","owner":"b","commands":{"settings":" "}}', 'CLI_SETTINGS_COMMAND', 'not one line'],
    [
      'two lines',
      String.raw`{"name":"a","owner":"b","commands":{"settings":"a\nb"}}`,
      'CLI_SETTINGS_COMMAND',
      'not one line',
    ],
    [
      'a NUL',
      String.raw`{"name":"a","owner":"b","commands":{"settings":"a\u0000"}}`,
      'CLI_SETTINGS_COMMAND',
      'not one line',
    ],
    [
      'a list of words',
      '{"name":"a","owner":"b","commands":{"settings":["a"]}}',
      'CLI_SETTINGS_COMMAND',
      'not one line',
    ],
  ])('refuses %s', (_what, text, code, problem) => {
    const error = refusalOf(text);
    expect(error).toMatchObject({ code, exitCode: 2, retryable: false });
    expect(error.message).toContain(problem);
  });

  it('tells a folder that is not there from one without a service', () => {
    expect(refusal('/nowhere/at/all')).toMatchObject({ code: 'CLI_USAGE', exitCode: 64 });
    expect(refusal('/etc/hosts')).toMatchObject({ code: 'CLI_USAGE', exitCode: 64 });
    expect(refusal(temporaryFolder())).toMatchObject({ code: 'CLI_SERVICE_MISSING', exitCode: 2 });
  });

  it('says why it cannot be read', () => {
    const directory = temporaryFolder();
    mkdirSync(path.join(directory, 'service.json'));
    expect(refusal(directory).message).toContain('service.json: EISDIR');
    const bytes = temporaryFolder({ 'service.json': '"\u00FF"' });
    chmodSync(path.join(bytes, 'service.json'), 0o600);
    expect(refusal(bytes).message).toContain('no JSON object');
  });
});
