import { describe, expect, it } from 'vitest';

import { templates } from '../../fixtures/templates.ts';

import { renderRunbook } from './render-runbook.ts';
import { serviceJsonSchema } from './schema.ts';

const { 'service.json': json = '', 'RUNBOOK.md': runbook = '' } = templates['node-service'] ?? {};
const service = serviceJsonSchema.parse(JSON.parse(json));
const answer = (markdown: string) => /### Are jobs failing\?\n\n([^]*?)\n\n### /.exec(markdown)?.[1];

describe('the runbook of a service', () => {
  it('with scheduled jobs names them, and asks each by its command', () => {
    const rendered = renderRunbook(service, runbook);
    expect(rendered).toContain('| `sweep` | removes what is old | once a day | `make job NAME=sweep` |');
    expect(answer(rendered)).toMatch(
      /^```sh\ncurl -fsS \S+\/healthz\nDEPLOY_ENVIRONMENT=production make job NAME=sweep\n```\n/,
    );
  });

  it('without any has no table of them, and asks the health alone', () => {
    const rendered = renderRunbook({ ...service, jobs: [] }, runbook);
    expect(rendered).not.toContain('Scheduled job |');
    expect(answer(rendered)).toMatch(/^```sh\ncurl -fsS \S+\/healthz\n```\n/);
    expect(answer(rendered)).not.toContain('Every other command');
  });

  it('migrates between the settings and the start, where there is something to migrate', () => {
    const setUp = (migrate?: string) => {
      const commands = { ...service.commands, ...(migrate === undefined ? {} : { migrate }) };
      const rendered = renderRunbook({ ...service, commands }, runbook);
      return rendered.split('seaworthy:begin set-up -->')[1]?.split('<!--')[0] ?? '';
    };
    expect(setUp()).not.toContain('migrat');
    expect(setUp('make migrate')).toMatch(
      /\n\S+ npm run settings\nDEPLOY_ENVIRONMENT=production make migrate\n\S+ .* npm start\n/,
    );
  });
});
