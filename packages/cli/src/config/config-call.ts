import type { Output } from '../output/screen.ts';
import type { Service } from '../service/open-service.ts';
import type { Timeout } from '../service/timeout.ts';

/** What every command of the group is called with. */
export interface ConfigCall {
  readonly service: Service;
  readonly timeout: Timeout;
  readonly json: boolean;
  readonly output: Output;
}
