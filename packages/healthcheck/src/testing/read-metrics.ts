import { spawnSync } from 'node:child_process';
import { describeWhere } from '@seaworthy/test-servers';

export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ReadFamily {
  /** Without the ending `_total` of a counter. */
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly ReadSample[];
}

const script = `
import json, sys
from prometheus_client.parser import text_string_to_metric_families as read
json.dump([[{
  'name': family.name, 'type': family.type, 'help': family.documentation,
  'samples': [{'name': s.name, 'labels': s.labels, 'value': repr(s.value)} for s in family.samples],
} for family in read(text)] for text in json.load(sys.stdin)], sys.stdout)
`;

/** A Python that has the parser: Debian's own has it where another one comes first in PATH. */
const python = ['python3', '/usr/bin/python3'].find(
  (each) => spawnSync(each, ['-c', 'import prometheus_client.parser']).status === 0,
);

/** `describe` where the parser is installed; elsewhere the tests are skipped, and say so. */
export const describeWithParser = describeWhere(
  python !== undefined,
  'the parser of Prometheus (Debian: python3-prometheus-client)',
);

/** Reads pages with the parser of Prometheus' own client for Python. */
export function readMetrics(pages: readonly string[]): ReadFamily[][] {
  const { status, stdout, stderr } = spawnSync(python ?? 'python3', ['-c', script], {
    input: JSON.stringify(pages),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`the parser refused a page: ${stderr}`);
  const read = JSON.parse(stdout) as (Omit<ReadFamily, 'samples'> & {
    samples: (Omit<ReadSample, 'value'> & { value: string })[];
  })[][];
  return read.map((families) =>
    families.map((family) => ({
      ...family,
      samples: family.samples.map((sample) => ({ ...sample, value: Number(sample.value.replace('inf', 'Infinity')) })),
    })),
  );
}
