import type { HealthAnswers, HealthDocument } from '../health-document.ts';
import { html, type Html } from './html.ts';
import { type Tone, toned } from './tone.ts';
import { sayDuration, sayMany, sayMilliseconds, sayShare } from './words.ts';

interface Card {
  readonly question: string;
  readonly answer: string;
  readonly tone: Tone;
  /** The number behind the answer. */
  readonly behind: string;
}

/** The four questions with their answers, in the order in which somebody who was woken up asks them. */
export function answerCards(document: HealthDocument): Html {
  const cards = [upCard(document), slowCard(document), jobsCard(document), deployCard(document)];
  return html`<div class="cards">
    ${cards.map(
      ({ question, answer, tone, behind }) =>
        html`<section class="card">
          <h2>${question}</h2>
          <p class="answer">${toned(tone, answer)}</p>
          <p class="behind">${behind}</p>
        </section> `,
    )}
  </div>`;
}

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const upTones: Readonly<Record<HealthAnswers['up'], Tone>> = {
  yes: 'pass',
  no: 'fail',
  starting: 'idle',
  draining: 'idle',
};

function upCard({ answers, numbers, checks }: HealthDocument): Card {
  const errors = checks?.['http:errorRate']?.[0];
  const { checksPassing, checks: count, uptimeSeconds } = numbers.up;
  const share = typeof errors?.observedValue === 'number' ? `${sayShare(errors.observedValue)} of requests failed` : '';
  const passing = count === 0 ? '' : `${checksPassing} of ${sayMany(count, 'check')} passing`;
  const tone = upTones[answers.up];
  return {
    question: 'Is it up?',
    answer: capital(answers.up),
    tone: tone === 'pass' && errors?.status === 'warn' ? 'warn' : tone,
    behind: [`Running for ${sayDuration(uptimeSeconds)}`, passing, share].filter((part) => part !== '').join(' · '),
  };
}

function slowCard({ answers, numbers }: HealthDocument): Card {
  const { p95Ms, objectiveMs, requests, minutes } = numbers.slow;
  const tones = { yes: 'warn', no: 'pass', 'not enough data': 'idle' } as const;
  const limit = objectiveMs === null ? 'no limit is set' : `limit ${sayMilliseconds(objectiveMs)}`;
  const measured = p95Ms === null ? 'Nothing timed' : `95 of 100 within ${sayMilliseconds(p95Ms)}`;
  return {
    question: 'Is it slow?',
    answer: capital(answers.slow),
    tone: tones[answers.slow],
    behind: `${measured} · ${limit} · ${sayMany(requests, 'request')} in ${sayMany(minutes, 'minute')}`,
  };
}

function jobsCard({ answers, numbers: { jobs } }: HealthDocument): Card {
  const failing = `${jobs.failing} of ${sayMany(jobs.total, 'job')} failing`;
  const cards: Readonly<Record<HealthAnswers['jobs'], Omit<Card, 'question'>>> = {
    ok: { answer: 'No', tone: 'pass', behind: failing },
    failing: { answer: 'Yes', tone: 'warn', behind: failing },
    'no jobs': { answer: 'No jobs', tone: 'idle', behind: 'None has finished since the start' },
  };
  return { question: 'Are jobs failing?', ...cards[answers.jobs] };
}

function deployCard({ answers, releaseId, deploy }: HealthDocument): Card {
  return {
    question: 'Did the last deployment change anything?',
    answer: capital(answers.deploy),
    tone: deployTone(answers.deploy),
    behind: deploy === undefined ? `No history to compare release ${releaseId} with` : deploy.sentence,
  };
}

/** A change is somebody's to look at, also a preliminary one; only a verdict that found none, or a gain, is green. */
export function deployTone(answer: HealthAnswers['deploy']): Tone {
  if (answer === 'faster' || answer === 'no change seen') return 'pass';
  return /slower|more/.test(answer) ? 'warn' : 'idle';
}
