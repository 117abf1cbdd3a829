/** One line of a family: what is added to its name, its labels, its value. */
export interface Sample {
  readonly suffix?: '_bucket' | '_sum' | '_count';
  /** What `labels` returned. */
  readonly labels?: string;
  readonly value: number;
}

export interface MetricFamily {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** One plain sentence; holds neither a backslash nor the end of a line. */
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** Writes families in Prometheus text format 0.0.4. One without a sample is left out. */
export function writeFamilies(families: readonly MetricFamily[]): string {
  return families
    .filter(({ samples }) => samples.length > 0)
    .map(writeFamily)
    .join('');
}

function writeFamily({ name, type, help, samples }: MetricFamily): string {
  let text = `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
  for (const { suffix = '', labels: pairs = '', value } of samples) {
    text += `${name}${suffix}${pairs === '' ? '' : `{${pairs}}`} ${writeValue(value)}\n`;
  }
  return text;
}

/** Escaped once and shared by the seventeen lines of a histogram: a page may have thousands of them. */
export const labels = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}="${escapeLabel(value)}"`)
    .join(',');

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };

/** A lone surrogate has no UTF-8, and would make the whole page unreadable. */
const escapeLabel = (value: string): string =>
  value.toWellFormed().replaceAll(/[\\"\n]/g, (character) => escapes[character] ?? character);

function writeValue(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}
