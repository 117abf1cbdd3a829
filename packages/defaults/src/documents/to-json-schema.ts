import { allSettings, envSettings, type Groups } from '../declare/group.ts';
import type { JsonSchema } from '../declare/json-schema.ts';
import type { Setting } from '../declare/setting.ts';
import type { Runtime } from '../declare/stage.ts';
import { ownerOf } from '../groups/service-owner.ts';
import { fileVariable } from '../load/sources.ts';

import { shownWritten } from './shown-default.ts';

export interface JsonSchemaOptions {
  readonly title: string;
  /** Printed as the owner of every shipped setting. */
  readonly owner: string;
  /** @default both */
  readonly runtime?: Runtime;
}

function described(label: string, setting: Setting<unknown>, owner: string): JsonSchema {
  const { kind, written, since, source, deprecated } = setting;
  const local = Object.entries(written.in ?? {}).map(
    ([stage, value]) => [stage, shownWritten(setting, value)] as const,
  );
  return {
    ...kind.jsonSchema,
    description: setting.reason,
    ...(written.default === undefined ? {} : { default: written.default }),
    ...(deprecated === undefined ? {} : { deprecated: true, 'x-deprecated': deprecated }),
    'x-setting': label,
    'x-expected': kind.expected,
    'x-owner': ownerOf(setting, owner),
    'x-expect': setting.expect,
    'x-rollback': setting.rollback,
    ...(kind.unit === undefined ? {} : { 'x-unit': kind.unit }),
    ...(local.length === 0 ? {} : { 'x-defaults': Object.fromEntries(local) }),
    ...(since === undefined ? {} : { 'x-since': since }),
    ...(source === undefined ? {} : { 'x-source': source }),
  };
}

/**
 * Writes the settings as JSON Schema 2020-12: an object of variables in their written form, as a file of ours holds them.
 *
 * Limits cannot be said of a written duration or size; they stand in `x-minimum` and `x-maximum`. What a platform reads
 * stands in `x-platform`, by platform and parameter.
 *
 * @example
 * ```ts
 * import { logging, toJsonSchema } from '@seaworthy/defaults';
 * const schema = toJsonSchema({ logging }, { title: 'Settings of orders-api', owner: 'team-orders' });
 * if (schema.properties['LOG_LEVEL']?.['x-owner'] !== 'team-orders') throw new Error('the owner is missing');
 * ```
 */
export function toJsonSchema(groups: Groups, { title, owner, runtime }: JsonSchemaOptions) {
  const variables = envSettings(groups, runtime).flatMap(({ label, setting }): [string, JsonSchema][] => {
    const file = fileVariable(setting);
    const description = `the path of a file that holds ${setting.env}`;
    return [
      [setting.env, described(label, setting, owner)],
      ...(file === undefined ? [] : [[file, { type: 'string', description }] as [string, JsonSchema]]),
    ];
  });
  const platform: Record<string, Record<string, JsonSchema>> = {};
  for (const { label, setting } of allSettings(groups, runtime)) {
    if (setting.env === undefined)
      (platform[setting.appliesTo] ??= {})[setting.parameter] = described(label, setting, owner);
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    type: 'object',
    properties: Object.fromEntries(variables) as Readonly<Record<string, JsonSchema>>,
    additionalProperties: false,
    'x-platform': platform,
  };
}
