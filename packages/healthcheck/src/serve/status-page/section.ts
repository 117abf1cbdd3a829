import { html, type Html } from './html.ts';
import { isoTime, sayDuration, sayTime } from './words.ts';

export const section = (id: string, title: string, body: Html): Html =>
  html`<section>
    <h2 id="${id}">${title}</h2>
    ${body}
  </section> `;

/** Said instead of an empty table. */
export const quiet = (words: string): Html => html`<p class="quiet">${words}</p>`;

export const ago = (at: number, wallMs: number): Html =>
  html`<time datetime="${isoTime(at)}" title="${sayTime(at)}"
    >${sayDuration(Math.max(0, (wallMs - at) / 1000))} ago</time
  >`;
