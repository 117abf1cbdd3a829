import { describe, expect, it } from 'vitest';

import type { DeploymentInput } from './deployment-input.ts';
import { judgeDeployment } from './judge-deployment.ts';

const good: DeploymentInput = { deployedAtMinute: 1000, releaseId: 'b', records: [], nowMinute: 1061 };
const judge = (input: unknown) => judgeDeployment(input as DeploymentInput);

describe('the input of a verdict', () => {
  it.each([
    [undefined, 'expected an object, got undefined (undefined)'],
    [null, 'expected an object, got null (null)'],
    [
      { ...good, deployedAtMinute: 1.5 },
      'deployedAtMinute has to be a whole number of minutes since 1970, got 1.5 (number)',
    ],
    [{ ...good, nowMinute: Number.NaN }, 'nowMinute has to be a whole number of minutes since 1970, got NaN (number)'],
    [{ ...good, nowMinute: -1 }, 'nowMinute has to be a whole number of minutes since 1970, got -1 (number)'],
    [{ ...good, nowMinute: '7' }, 'nowMinute has to be a whole number of minutes since 1970, got "7" (string)'],
    [{ ...good, releaseId: '' }, 'releaseId has to be a text that is not empty, got "" (string)'],
    [
      { ...good, previousReleaseId: null },
      'previousReleaseId has to be a text that is not empty, or undefined, got null (null)',
    ],
    [{ ...good, records: undefined }, 'records has to be an array, got undefined (undefined)'],
    [{ ...good, records: {} }, 'records has to be an array, got [object Object] (object)'],
  ])('is refused: %j', (input, message) => {
    expect(() => judge(input)).toThrow(new TypeError(`judgeDeployment: ${message}`));
  });

  it.each([[[]], [[9]], [[30, 10]], [[10, 10]], [[10.5]], [[1441]], ['30'], [30]])(
    'is refused with readings %j',
    (readAfterMinutes) => {
      expect(() => judge({ ...good, readAfterMinutes })).toThrow('readAfterMinutes has to be ascending whole minutes');
    },
  );

  it('is refused with everything at fault, once', () => {
    expect(() => judge({})).toThrow(/deployedAtMinute .*; nowMinute .*; releaseId .*; records /);
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
