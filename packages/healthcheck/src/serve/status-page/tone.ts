import { html, type Html } from './html.ts';

/** How much an answer asks for: nothing, a look, a hand, or patience. `idle` is for what is not known: never green. */
export type Tone = 'pass' | 'warn' | 'fail' | 'idle';

const shapes: Readonly<Record<Tone, string>> = {
  pass: 'M4 10.5 8.2 15 16 5.5',
  warn: 'M10 2.5 18.5 17h-17zM10 8v4M10 14.6v.1',
  fail: 'M4.5 4.5l11 11M15.5 4.5l-11 11',
  idle: 'M4 10h12',
};

/** Words with their colour and shape; the words alone say it all. */
export function toned(tone: Tone, words: string): Html {
  return html`<span class="tone ${tone}"
    ><svg aria-hidden="true" viewBox="0 0 20 20" width="16" height="16"><path d="${shapes[tone]}" /></svg>${words}</span
  >`;
}
