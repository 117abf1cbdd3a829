import type { DeploymentInput } from './deployment-input.ts';

const shortestReading = 10;
const longestReading = 1440;

/** @throws {TypeError} naming everything at fault, once. Records are not looked at here: a history may hold bad ones. */
export function checkInput(input: DeploymentInput): void {
  const given: unknown = input;
  if (typeof given !== 'object' || given === null) {
    throw new TypeError(`judgeDeployment: expected an object, got ${quote(given)}`);
  }
  const { deployedAtMinute, releaseId, previousReleaseId, records, nowMinute, readAfterMinutes } = given as Record<
    string,
    unknown
  >;
  const minute = 'a whole number of minutes since 1970';
  const name = 'a text that is not empty';
  const problems = [
    ...(isMinute(deployedAtMinute) ? [] : [mistake('deployedAtMinute', minute, deployedAtMinute)]),
    ...(isMinute(nowMinute) ? [] : [mistake('nowMinute', minute, nowMinute)]),
    ...(isName(releaseId) ? [] : [mistake('releaseId', name, releaseId)]),
    ...(previousReleaseId === undefined || isName(previousReleaseId)
      ? []
      : [mistake('previousReleaseId', `${name}, or undefined`, previousReleaseId)]),
    ...(Array.isArray(records) ? [] : [mistake('records', 'an array', records)]),
    ...(readAfterMinutes === undefined || isReadings(readAfterMinutes)
      ? []
      : [
          mistake(
            'readAfterMinutes',
            `ascending whole minutes from ${shortestReading} to ${longestReading}, or undefined`,
            readAfterMinutes,
          ),
        ]),
  ];
  if (problems.length > 0) throw new TypeError(`judgeDeployment: ${problems.join('; ')}`);
}

export function isMinute(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isReadings(value: unknown): value is readonly number[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every(
    (entry: unknown, index) =>
      isMinute(entry) &&
      entry >= shortestReading &&
      entry <= longestReading &&
      (index === 0 || entry > Number(value[index - 1])),
  );
}

function mistake(option: string, expected: string, got: unknown): string {
  return `${option} has to be ${expected}, got ${quote(got)}`;
}

function quote(value: unknown): string {
  const text = Array.isArray(value) || typeof value === 'string' ? JSON.stringify(value) : String(value);
  return `${text} (${value === null ? 'null' : typeof value})`;
}
