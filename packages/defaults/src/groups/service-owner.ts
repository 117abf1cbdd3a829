import type { Setting } from '../declare/setting.ts';

/**
 * The owner of every setting this package ships: documents and errors print the owner of the service instead.
 *
 * @example
 * ```ts
 * import { httpServer, serviceOwner } from '@seaworthy/defaults';
 * if (httpServer.settings.port.owner !== serviceOwner) throw new Error('a shipped setting belongs to the service');
 * ```
 */
export const serviceOwner = 'the owner of the service';

/** Who answers for a setting: a shipped one belongs to whoever runs the service. */
export function ownerOf(setting: Setting<unknown>, owner: string): string {
  return setting.owner === serviceOwner ? owner : setting.owner;
}
