import { describe, expect, it } from 'vitest';

import { sumReports } from '../../scripts/junit.ts';

const reports = ['a', 'b'].map((name) => ({ runner: name, file: name }));
const vitest =
  '<testsuites name="vitest" tests="9" failures="9"><testsuite name="x" tests="3" failures="1" errors="0" skipped="0"><testcase/></testsuite></testsuites>';
const pytest =
  '<testsuites><testsuite name="p" errors="1" failures="0" skipped="1" tests="4"></testsuite></testsuites>';

function sum(files: Record<string, string>) {
  return sumReports(reports, (file) => {
    const text = files[file];
    if (text === undefined) throw new Error('ENOENT');
    return text;
  });
}

describe('the sum of the reports', () => {
  it('adds what the runners wrote', () => {
    expect(sum({ a: vitest, b: pytest })).toMatchObject({ passed: 2 + 2, failed: 1 + 1 });
  });

  it.each([
    ['missing', {}],
    ['empty', { b: '' }],
    ['without a test', { b: '<testsuites><testsuite name="p" tests="0"></testsuite></testsuites>' }],
    [
      'with skipped tests only',
      { b: '<testsuites><testsuite name="p" tests="2" skipped="2"></testsuite></testsuites>' },
    ],
  ])('fails for a report that is %s', (_what, files) => {
    expect(sum({ a: vitest, ...files })).toMatchObject({ passed: 2, failed: 1 + 1 });
  });

  it('fails when no report is planned', () => {
    expect(sumReports([], () => '')).toMatchObject({ passed: 0, failed: 1 });
  });
});
