import { describe, expect, it } from 'vitest';

import { HealthError } from '../errors/health-error.ts';
import type { DeploymentInput } from './deployment-input.ts';
import { judgeDeployment } from './judge-deployment.ts';

const good: DeploymentInput = { deployedAtMinute: 1000, releaseId: 'b', records: [], nowMinute: 1061 };
const judge = (input: unknown) => judgeDeployment(input as DeploymentInput);

function refusal(input: unknown): HealthError {
  try {
    judge(input);
  } catch (error) {
    if (error instanceof HealthError) return error;
    throw error;
  }
  throw new Error('the input was accepted');
}

describe('the input of a verdict', () => {
  const minute = 'a whole number of minutes since 1970';
  const name = 'a text that is not empty';
  it.each([
    [undefined, 'input', 'undefined', 'an object'],
    [null, 'input', 'null', 'an object'],
    [{ ...good, deployedAtMinute: 1.5 }, 'deployedAtMinute', '1.5 (number)', minute],
    [{ ...good, nowMinute: Number.NaN }, 'nowMinute', 'NaN (number)', minute],
    [{ ...good, nowMinute: -1 }, 'nowMinute', '-1 (number)', minute],
    [{ ...good, nowMinute: '7' }, 'nowMinute', '"7" (string)', minute],
    [{ ...good, releaseId: '' }, 'releaseId', '"" (string)', name],
    [{ ...good, previousReleaseId: null }, 'previousReleaseId', 'null', `${name}, or undefined`],
    [{ ...good, records: undefined }, 'records', 'undefined', 'an array'],
    [{ ...good, records: {} }, 'records', 'a value (object)', 'an array'],
  ])('is refused: %j', (input, option, got, expected) => {
    const { code, problems } = refusal(input);
    expect([code, problems]).toMatchObject(['VERDICT_INPUT_INVALID', [{ name: option, got, expected }]]);
  });

  it.each([[[]], [[9]], [[30, 10]], [[10, 10]], [[10.5]], [[1441]], ['30'], [30]])(
    'is refused with readings %j',
    (readAfterMinutes) => {
      expect(refusal({ ...good, readAfterMinutes }).problems).toMatchObject([{ name: 'readAfterMinutes' }]);
    },
  );

  it('is refused with everything at fault, once', () => {
    const names = refusal({}).problems.map((problem) => problem.name);
    expect(names).toEqual(['deployedAtMinute', 'nowMinute', 'releaseId', 'records']);
  });

  it.each([[null], [7], ['line'], [{}], [{ minute: 999 }]])(
    'is accepted with the record %j, which is counted',
    (record) => {
      expect(judge({ ...good, records: [record] })).toMatchObject({
        verdict: 'not enough data',
        numbers: { refusedRecords: 1, previousReleaseId: null },
      });
    },
  );
});
