export interface Report {
  /** The task that writes the report. */
  readonly runner: string;
  readonly file: string;
}

export interface Sum {
  readonly passed: number;
  readonly failed: number;
  /** One line for each runner, and below it what failed. */
  readonly lines: readonly string[];
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

function attribute(tag: string, name: string): number {
  return Number(new RegExp(` ${name}="([0-9]+)"`).exec(tag)?.[1] ?? 0);
}

/** Counts the tests of a JUnit file; every `<testsuite>` states its own, and suites are not nested by our runners. */
function countTests(xml: string): Counts {
  const suites = xml.match(/<testsuite [^>]*>/g) ?? [];
  const total = (name: string) => suites.reduce((sum, tag) => sum + attribute(tag, name), 0);
  return { tests: total('tests'), failures: total('failures'), errors: total('errors'), skipped: total('skipped') };
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** Which tests failed, and the first line of why: the output above them is long by then. */
function failedTests(xml: string): string[] {
  return [...xml.matchAll(/<testcase ([^>]*[^>/])>(?:(?!<\/testcase>)[^])*?<(?:failure|error)([^>]*)>/g)].map(
    ([, test = '', why = '']) => {
      const text = (attributes: string, name: string) =>
        (new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1] ?? '')
          .replaceAll(/&(lt|gt|quot|apos|amp);/g, (_entity, key: string) => entities[key] ?? '')
          .split(/\n|&#10;/, 1)[0];
      return `  failed: ${text(test, 'classname')} > ${text(test, 'name')}: ${text(why, 'message')}`.slice(0, 400);
    },
  );
}

/** Sums reports; a report that is missing, empty or unreadable counts as one failure, because its tests cannot have passed. */
export function sumReports(reports: readonly Report[], read: (file: string) => string): Sum {
  const rows = reports.map(({ runner, file }) => {
    let xml: string;
    try {
      xml = read(file);
    } catch {
      return { passed: 0, failed: 1, lines: [`${runner}: no report; its tests did not run`] };
    }
    const { tests, failures, errors, skipped } = countTests(xml);
    const passed = tests - failures - errors - skipped;
    if (passed + failures + errors === 0)
      return { passed: 0, failed: 1, lines: [`${runner}: the report holds no test that ran`] };
    const left = skipped === 0 ? '' : `, ${skipped} skipped`;
    return {
      passed,
      failed: failures + errors,
      lines: [`${runner}: ${passed} passed, ${failures + errors} failed${left}`, ...failedTests(xml)],
    };
  });
  return {
    passed: rows.reduce((sum, row) => sum + row.passed, 0),
    failed: rows.reduce((sum, row) => sum + row.failed, 0) + (rows.length === 0 ? 1 : 0),
    lines: rows.flatMap((row) => row.lines),
  };
}
