/** Text that is HTML already. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Inserted = Html | readonly Html[] | string | number;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Writes HTML; whatever is inserted is escaped, for text and for quoted attributes alike, unless it is `Html`. */
export function html(strings: TemplateStringsArray, ...inserted: readonly Inserted[]): Html {
  // The source is indented for whoever reads the source.
  const raw = strings.map((part) => part.replaceAll(/\n\s*/g, '\n'));
  return new Html(String.raw({ raw }, ...inserted.map(write)));
}

function write(inserted: Inserted): string {
  if (typeof inserted === 'number') return String(inserted);
  if (inserted instanceof Html) return inserted.text;
  if (typeof inserted !== 'string') return inserted.map(({ text }) => text).join('');
  // A lone surrogate has no UTF-8.
  return inserted.toWellFormed().replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character);
}

export const nothing = new Html('');
