import { problemCodes } from '@seaworthy/defaults';
import { describe, expect, it } from 'vitest';

import { database, port, problem, report } from '../testing/fixture-reports.ts';

import { parseDescription, parseReport } from './parse-answer.ts';

const facts = { command: 'settings', directory: '/srv', setUp: undefined, owner: 'team-orders' };
const { problems, ...description } = report('staging', { HTTP_PORT: port, DATABASE_URL: database }, [problem]);
const marker = 'marker-value';
const read = (value: unknown) => parseReport(facts, JSON.stringify(value), 'staging');
const withSettings = (settings: object) => ({ ...description, settings, problems });

describe('parseDescription and parseReport', () => {
  it('read what the contract says', () => {
    expect(parseDescription(facts, JSON.stringify(description))).toEqual(description);
    expect(read({ ...description, problems })).toEqual({ ...description, problems });
    expect(read({ ...description, problems: [] })).toEqual({ ...description, problems: [] });
  });

  it('read every code of a problem', () => {
    const all = Object.keys(problemCodes).map((code) => ({ ...problem, code }));
    expect(read({ ...description, problems: all }).problems).toHaveLength(all.length);
  });

  it.each([
    ['a list', [], 'the whole'],
    ['no environment', { settings: description.settings, problems }, '/environment'],
    ['no problems', description, '/problems'],
    ['settings as a list', withSettings([]), '/settings'],
    ['a name in lower case', withSettings({ port }), '/settings/port'],
    ['a number for a value', withSettings({ HTTP_PORT: { ...port, value: 8080 } }), '/settings/HTTP_PORT/value'],
    ['no origin', withSettings({ HTTP_PORT: { ...port, origin: undefined } }), '/settings/HTTP_PORT/origin'],
    ['null for why', withSettings({ HTTP_PORT: { ...port, why: null } }), '/settings/HTTP_PORT/why'],
    [
      'an unknown key',
      withSettings({ HTTP_PORT: { ...port, since: marker } }),
      '/settings/HTTP_PORT has since, unknown',
    ],
    ['an unknown code', { ...description, problems: [{ ...problem, code: marker }] }, '/problems/0/code'],
    ['a problem without a fix', { ...description, problems: [{ ...problem, fix: undefined }] }, '/problems/0/fix'],
    ['retryable as text', { ...description, problems: [{ ...problem, retryable: marker }] }, '/problems/0/retryable'],
  ])('refuse %s, name the place and repeat no value', (_what, value, place) => {
    expect(() => read(value)).toThrow(`JSON where ${place}`);
    expect(() => read(value)).not.toThrow(marker);
  });

  it('refuse a report where settings were asked for', () => {
    expect(() => parseDescription(facts, JSON.stringify({ ...description, problems }))).toThrow(
      'has problems, unknown',
    );
  });
});
