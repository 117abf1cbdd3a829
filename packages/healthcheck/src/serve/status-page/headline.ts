import type { HealthSnapshot } from '../../health-snapshot.ts';
import { isFailing } from '../failing-job.ts';
import type { HealthDocument } from '../health-document.ts';
import { deployTone } from './answer-cards.ts';
import { html, type Html, nothing } from './html.ts';
import type { Tone } from './tone.ts';
import { sayMany, sayMilliseconds, sayRate, sayShare } from './words.ts';

interface Finding {
  readonly section: 'response-times' | 'routes' | 'checks' | 'jobs' | 'deployment';
  readonly words: string;
}

export interface Headline {
  readonly tone: Tone;
  readonly words: string;
  readonly findings: readonly Finding[];
}

/** What somebody who opens the page in the night has to know first, and where to look next. */
export function headline(snapshot: HealthSnapshot, document: HealthDocument): Headline {
  const findings = [
    ...checkFindings(snapshot),
    ...trafficFindings(snapshot, document),
    ...otherFindings(snapshot, document),
  ];
  const { up, slow } = document.answers;
  if (up === 'draining') return { tone: 'idle', words: 'Draining: it takes no new traffic', findings };
  if (up === 'starting') return { tone: 'idle', words: 'Starting: it takes no traffic yet', findings };
  if (up === 'no') return { tone: 'fail', words: 'Down: it takes no traffic', findings };
  if (findings.length > 0) {
    return { tone: 'warn', words: `Up, but ${sayMany(findings.length, 'thing')} to look at`, findings };
  }
  if (slow === 'no') return { tone: 'pass', words: 'Up, and nothing to look at', findings };
  const unknown =
    document.numbers.slow.objectiveMs === null
      ? 'Up. No limit says what slow is'
      : 'Up. Too few requests to say whether it is slow';
  return { tone: 'idle', words: unknown, findings };
}

export function renderHeadline({ words, findings }: Pick<Headline, 'words' | 'findings'>): Html {
  const items = findings.map(({ section, words: each }) => html`<li><a href="#${section}">${each}</a></li> `);
  return html`<p class="headline">${words}</p>
    ${
      items.length === 0
        ? nothing
        : html`<ul class="findings">
            ${items}
          </ul> `
    }`;
}

/** One that takes traffic away comes first. */
function checkFindings({ checks }: HealthSnapshot): Finding[] {
  const found = checks.filter(({ status }) => status !== 'pass');
  const order = { fail: 0, warn: 1, pass: 2 } as const;
  return found
    .toSorted((left, right) => order[left.status] - order[right.status])
    .map(({ name, at }) => ({
      section: 'checks',
      words: at === null ? `The check ${name} has not finished a run yet` : `The check ${name} does not pass`,
    }));
}

function trafficFindings({ objectives }: HealthSnapshot, { checks, numbers }: HealthDocument): Finding[] {
  const found: Finding[] = [];
  const { p95Ms, objectiveMs } = numbers.slow;
  const errors = checks?.['http:errorRate']?.[0];
  const calls = checks?.['db:callsPerRequest']?.[0];
  if (errors?.status === 'warn') {
    found.push({
      section: 'routes',
      words: `Too many errors: ${sayShare(Number(errors.observedValue))} of requests, limit ${sayShare(objectives.errorRate ?? null)}`,
    });
  }
  if (checks?.['http:responseTime']?.[0]?.status === 'warn') {
    const words = `Slow: 95 of 100 within ${sayMilliseconds(p95Ms)}, limit ${sayMilliseconds(objectiveMs)}`;
    found.push({ section: 'response-times', words });
  }
  if (calls?.status === 'warn') {
    const words = `Too much database work: ${sayRate(Number(calls.observedValue))} calls a request, limit ${sayRate(objectives.databaseCallsPerRequest ?? null)}`;
    found.push({ section: 'routes', words });
  }
  return found;
}

function otherFindings({ jobs }: HealthSnapshot, { answers }: HealthDocument): Finding[] {
  const failing = jobs
    .filter(isFailing)
    .map(({ name }): Finding => ({ section: 'jobs', words: `The job ${name} fails` }));
  if (deployTone(answers.deploy) !== 'warn') return failing;
  return [...failing, { section: 'deployment', words: `Since the last deployment: ${answers.deploy}` }];
}
