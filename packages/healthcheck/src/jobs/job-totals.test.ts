import { describe, expect, it } from 'vitest';
import { createHealth } from '../create-health.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import type { JobOutcome } from './job-totals.ts';

function start() {
  const clock = createHandClock();
  const health = createHealth({ serviceId: 'orders', releaseId: '1', now: clock.now });
  return { clock, health, jobs: () => health.snapshot().jobs };
}

describe('the outcomes of jobs', () => {
  it('are counted by name, with when the last ones were', async () => {
    const { clock, health, jobs } = start();
    const at = clock.now();
    for (const [name, outcome] of [
      ['invoices', 'succeeded'],
      ['reports', 'failed'],
      ['invoices', 'skipped'],
      ['invoices', 'failed'],
      ['reports', 'failed'],
    ] as const) {
      health.jobFinished(name, outcome);
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await clock.advance(1000);
    }
    expect(jobs()).toEqual([
      {
        name: 'invoices',
        succeeded: 1,
        failed: 1,
        skipped: 1,
        lastSucceededAt: at,
        lastFailedAt: at + 3000,
        lastOutcome: 'failed',
      },
      {
        name: 'reports',
        succeeded: 0,
        failed: 2,
        skipped: 0,
        lastSucceededAt: null,
        lastFailedAt: at + 4000,
        lastOutcome: 'failed',
      },
    ]);
  });

  it('answer whether jobs are failing', () => {
    const { health } = start();
    const answer = () => health.document(false).answers.jobs;
    expect(answer()).toBe('no jobs');
    health.jobFinished('invoices', 'failed');
    expect(answer()).toBe('failing');
    health.jobFinished('invoices', 'succeeded');
    expect(answer()).toBe('ok');
  });

  it('are counted together after the first hundred names', () => {
    const { health, jobs } = start();
    for (let index = 0; index < 1000; index += 1) health.jobFinished(`job ${index}`, 'succeeded');
    health.jobFinished('job 7', 'succeeded');
    expect(jobs()).toHaveLength(101);
    expect(jobs().at(-1)).toMatchObject({ name: 'other', succeeded: 900 });
    expect(jobs()[7]).toMatchObject({ name: 'job 7', succeeded: 2 });
  });

  it.each([
    ['', 'failed'],
    [undefined, 'failed'],
    [5, 'failed'],
    ['invoices', 'FAILED'],
    ['invoices', undefined],
    ['invoices', 'toString'],
  ])('are left out for the name %j with the outcome %j', (name, outcome) => {
    const { health, jobs } = start();
    health.jobFinished(name as string, outcome as JobOutcome);
    expect(jobs()).toEqual([]);
  });

  it('are copies: a later outcome does not change what was read', () => {
    const { health, jobs } = start();
    health.jobFinished('invoices', 'failed');
    const [before] = jobs();
    health.jobFinished('invoices', 'failed');
    expect(before?.failed).toBe(1);
  });
});
