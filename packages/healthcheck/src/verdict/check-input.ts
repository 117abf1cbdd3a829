import { WrongValues } from '../errors/wrong-values.ts';
import { isCount, isName } from '../recording/minute-record-shape.ts';
import { isObject, isWhole } from '../value-checks.ts';
import type { DeploymentInput } from './deployment-input.ts';

const shortestReading = 10;
const longestReading = 1440;

/** @throws {HealthError} naming everything at fault, once. Records are not looked at here: a history may hold bad ones. */
export function checkInput(input: DeploymentInput): void {
  const wrong = new WrongValues('VERDICT_INPUT_INVALID');
  const isOne = isObject(input);
  wrong.demand(isOne, 'input', input, 'an object');
  if (!isOne) wrong.throwAny();
  const { deployedAtMinute, releaseId, previousReleaseId, records, nowMinute, readAfterMinutes } = input;
  const minute = 'a whole number of minutes since 1970';
  const name = 'a text that is not empty';
  const readings = `ascending whole minutes from ${shortestReading} to ${longestReading}, or undefined`;
  const isRelease = previousReleaseId === undefined || isName(previousReleaseId);
  wrong.demand(isCount(deployedAtMinute), 'deployedAtMinute', deployedAtMinute, minute);
  wrong.demand(isCount(nowMinute), 'nowMinute', nowMinute, minute);
  wrong.demand(isName(releaseId), 'releaseId', releaseId, name);
  wrong.demand(isRelease, 'previousReleaseId', previousReleaseId, `${name}, or undefined`);
  wrong.demand(Array.isArray(records), 'records', records, 'an array');
  wrong.demand(isReadings(readAfterMinutes), 'readAfterMinutes', readAfterMinutes, readings);
  wrong.throwAny();
}

function isReadings(value: unknown): boolean {
  if (value === undefined) return true;
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every(
    (entry: unknown, index) =>
      isWhole(entry, shortestReading, longestReading) && (index === 0 || entry > Number(value[index - 1])),
  );
}
