import type { IncomingMessage, ServerResponse } from 'node:http';
import { wrongValue } from '../errors/wrong-values.ts';
import type { Health } from '../health.ts';
import { sendAnswer } from '../serve/endpoint-answer.ts';
import type { LookUp } from './look-up-endpoint.ts';
import type { RequestMeter } from './request-meter.ts';

/** What a door of a framework needs beyond the public health. */
export interface Door {
  readonly endpoints: LookUp;
  readonly meter: RequestMeter;
}

const doors = new WeakMap<Health, Door>();

export function addDoor(health: Health, door: Door): void {
  doors.set(health, door);
}

/** @throws {HealthError} for anything but what `createHealth` returned. */
export function doorOf(health: Health): Door {
  const door = typeof health === 'object' && health !== null ? doors.get(health) : undefined;
  if (door === undefined) {
    const expected = 'the object that createHealth returned, not a copy of it';
    throw wrongValue('HEALTH_ARGUMENT_INVALID', 'health', health, expected);
  }
  return door;
}

/** Answers an endpoint from memory and returns true; false when something else was asked for. */
export function answerEndpoint(endpoints: LookUp, request: IncomingMessage, response: ServerResponse): boolean {
  const endpoint = endpoints(request.url ?? '');
  if (endpoint === undefined) return false;
  sendAnswer(endpoint(request.method, request.headers.authorization), response);
  return true;
}
