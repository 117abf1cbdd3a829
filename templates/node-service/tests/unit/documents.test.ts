import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { problems } from '../../src/problem.ts';
import { scheduledJobs } from '../../src/scheduled-jobs.ts';
import { objectives, serviceName, serviceOwner } from '../../src/service.ts';
import { envFile, settingsPage, settingsReport } from '../../src/settings-documents.ts';
import { loadServiceSettings } from '../../src/settings.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

describe('the documents are in step with the declarations', () => {
  it('docs/defaults.md', () => {
    expect(read('docs/defaults.md')).toBe(settingsPage());
  });

  it.each(['production', 'staging'] as const)('config/%s.env: names and comments; a value may be any', (stage) => {
    expect(read(`config/${stage}.env`)).toBe(envFile(stage));
  });

  it.each(['production', 'staging'] as const)('config/%s.env: each live line says why', (stage) => {
    expect(settingsReport(stage).problems).toEqual([]);
  });

  it('service.json', () => {
    const jobs = scheduledJobs.map(({ name }) => ({ name, command: `make job NAME=${name}` }));
    const facts = { name: serviceName, owner: serviceOwner, objectives, jobs };
    expect(JSON.parse(read('service.json'))).toMatchObject(facts);
  });
});

it('the runbook says what each error answer means', () => {
  const factories = Object.values(problems) as readonly ((given: never) => ReturnType<typeof problems.internal>)[];
  const answers = factories.map((problem) => {
    const { status, code, retryable } = problem('' as never).facts;
    return `${status} ${code} ${retryable ? 'yes' : 'no'}`;
  });
  const rows = read('RUNBOOK.md').matchAll(/^\| (\d{3}) `(\w+)` \| [^|]+ \| (yes|no) \| [^|]+ \|$/gm);
  expect([...rows].map(([, ...row]) => row.join(' ')).sort()).toEqual(answers.sort());
});

describe('the settings', () => {
  it('name every problem at once and never a secret', () => {
    const env = {
      DEPLOY_ENVIRONMENT: 'test',
      HEALTH_TOKEN: 'hunter2',
      ORDER_CACHE_TTL: '5',
      DATABASE_URL: 'mysql://u:hunter2@h/d',
    };
    let message = '';
    try {
      loadServiceSettings(env);
    } catch (error) {
      message = String(error);
    }
    expect(message).toMatch(/^SettingsError: 3 problems in 45 settings \(test\)/);
    expect(message).not.toContain('hunter2');
  });
});
