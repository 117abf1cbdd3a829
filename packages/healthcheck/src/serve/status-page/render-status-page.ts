import type { HealthSnapshot } from '../../health-snapshot.ts';
import { buildDocument } from '../build-document.ts';
import { answerCards } from './answer-cards.ts';
import { checkTable } from './check-table.ts';
import { deployment } from './deployment.ts';
import { headline, renderHeadline } from './headline.ts';
import { html } from './html.ts';
import { jobTable } from './job-table.ts';
import { responseTimes } from './response-times.ts';
import { routeTable } from './route-table.ts';
import { contentSecurityPolicy, styleElement } from './style.ts';
import { isoTime, sayTime } from './words.ts';

export const statusPageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'no-referrer',
};

/** Renders `/status`: one page that loads nothing and needs no script. */
export function renderStatusPage(snapshot: HealthSnapshot): string {
  const document = buildDocument(snapshot, true);
  const { serviceId, releaseId, wallMs } = snapshot;
  const first = headline(snapshot, document);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${first.words} – ${serviceId}</title>
        ${styleElement}
      </head>
      <body>
        <header class="${first.tone}">
          <h1>${serviceId} <span>${releaseId}</span></h1>
          ${renderHeadline(first)}
          <p class="as-of">As of <time datetime="${isoTime(wallMs)}">${sayTime(wallMs)}</time></p>
        </header>
        <main>
          ${answerCards(document)}
          ${responseTimes(snapshot)}${routeTable(snapshot)}${checkTable(snapshot)}${jobTable(snapshot)}${deployment(snapshot, document.answers.deploy)}
        </main>
        <footer>
          <p>
            Numbers of this process alone, read at the time above; reload the page for newer ones. As data:
            <a href="healthz">healthz</a>, <a href="metrics">metrics</a>.
          </p>
        </footer>
      </body>
    </html> `.text;
}
