import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';
import { parse } from 'yaml';

import { readStages } from './dockerfile.ts';
import { readFacts } from './running-service.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency: { readonly group: string };
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly 'runs-on': string;
        readonly 'timeout-minutes': number;
        readonly permissions?: unknown;
        readonly strategy?: { readonly matrix: { readonly python: readonly string[] } };
        readonly steps: readonly Step[];
      }
    >
  >;
}

/** What the workflow of a service promises: the commands that everybody types, with as few rights as they need. */
export function workflowContract(directory: string): void {
  const read = (file: string) => readFileSync(path.join(directory, file), 'utf8');
  const text = read('.github/workflows/ci.yml');
  const workflow = parse(text) as Workflow;
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  it('runs on every push to main and every pull request, and may read only', () => {
    expect(workflow.on).toEqual({ push: { branches: ['main'] }, pull_request: null });
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(jobs.map((job) => job.permissions)).toEqual(jobs.map(() => undefined));
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.map((step) => step.with)).toEqual([{ 'persist-credentials': false }]);
  });

  it('ends by itself, on a machine that stays the same', () => {
    expect(workflow.concurrency.group).toContain('github.ref');
    for (const job of jobs) {
      expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
      expect(job['runs-on']).toMatch(/^ubuntu-\d\d\.04$/);
    }
  });

  it('names every action by its commit, with the tag behind it', () => {
    const uses = text.match(/uses: .*/g) ?? [];
    expect(uses).toHaveLength(steps.filter((step) => step.uses !== undefined).length);
    for (const line of uses) expect(line).toMatch(/^uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('calls make targets that exist, and nothing else', () => {
    // Programs that the integration tests start come from the distribution.
    const called = steps.flatMap(({ run }) => run ?? []).filter((run) => !run.startsWith('sudo apt-get update && '));
    expect(called).toEqual(['make setup', 'make lint', 'make test', 'make integration', 'make verify']);
    const targets = new Set(read('Makefile').match(/^[a-z]+(?=:)/gm));
    expect(called.filter((command) => !targets.has(command.replace('make ', '')))).toEqual([]);
  });

  const { language } = readFacts(directory);
  const setUp = steps.find(({ uses }) => uses?.startsWith(`actions/setup-${language}@`))?.with ?? {};
  const matrix = jobs[0]?.strategy?.matrix.python;
  const tested = matrix ?? [String(setUp['node-version'])];

  it('tests with the version that the image has', () => {
    const [name, major, minor] = readStages(path.join(directory, 'Dockerfile'))[0]?.image.split(/[:.]/) ?? [];
    expect(name).toBe(language);
    expect(tested).toContain(language === 'node' ? major : `${major}.${minor}`);
  });

  it.runIf(language === 'python')('tests every version from the oldest that pyproject.toml allows', () => {
    expect(setUp).toEqual({ 'python-version': '$' + '{{ matrix.python }}' });
    const oldest = Number(/requires-python = ">=3\.(\d+)"/.exec(read('pyproject.toml'))?.[1]);
    expect(tested).toEqual(tested.map((_, index) => `3.${oldest + index}`));
  });
}
