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

  it('names what failed, and why', () => {
    const suite = (cases: string) => `<testsuites><testsuite tests="2" failures="1">${cases}</testsuite></testsuites>`;
    const passed = '<testcase classname="a.test.ts" name="passes" time="0.1">\n  <system-out>x</system-out></testcase>';
    const ours =
      '<testcase classname="a.test.ts" name="a &gt; b" time="1">\n<system-out>said</system-out> <failure message="expected &quot;1&quot;&#10;more" type="E">long</failure></testcase>';
    const pytests =
      '<testcase classname="tests.test_a" name="test_b" time="1"><error message="boom">E</error></testcase>';
    expect(sum({ a: suite(passed + ours), b: suite(passed + pytests) }).lines).toEqual([
      'a: 1 passed, 1 failed',
      '  failed: a.test.ts > a > b: expected "1"',
      'b: 1 passed, 1 failed',
      '  failed: tests.test_a > test_b: boom',
    ]);
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
