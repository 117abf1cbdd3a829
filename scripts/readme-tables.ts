import { inspect } from 'node:util';

import * as defaults from '@seaworthy/defaults';
import { foreignNames, problemCodes, type Group, type Setting } from '@seaworthy/defaults';

const texts = { env: 'X', owner: 'team-a', reason: 'r', expect: 'e', rollback: 'b' };
const list = {
  '~standard': { version: 1, vendor: 'example', validate: (raw: unknown) => ({ value: String(raw).split(',') }) },
} as const;

interface Sample {
  readonly call: string;
  readonly setting: Setting<unknown>;
  readonly accepted: string;
  readonly refused?: string;
}

const { bytes, count, duration, flag, oneOf, ratio, schema, secret, text, url } = defaults;
const samples: readonly Sample[] = [
  {
    call: 'duration',
    setting: duration({ ...texts, default: '30s', min: '1s', max: '5m' }),
    accepted: '30s',
    refused: '30',
  },
  {
    call: 'bytes',
    setting: bytes({ ...texts, default: '1MiB', min: '1KiB', max: '50MiB' }),
    accepted: '1MiB',
    refused: '1MB',
  },
  { call: 'count', setting: count({ ...texts, default: 10, min: 1, max: 100 }), accepted: '10', refused: '1e3' },
  { call: 'ratio', setting: ratio({ ...texts, default: 0.1, min: 0, max: 1 }), accepted: '0.1', refused: '10%' },
  { call: 'oneOf', setting: oneOf(['info', 'warn'], { ...texts, default: 'info' }), accepted: 'warn', refused: 'WARN' },
  { call: 'flag', setting: flag({ ...texts, default: false }), accepted: 'false', refused: '0' },
  { call: 'text', setting: text({ ...texts, default: 'eu-1' }), accepted: 'eu-1', refused: 'eu 1' },
  {
    call: 'url',
    setting: url({ ...texts, protocols: ['postgres:'] }),
    accepted: 'postgres://app:hunter2@db/orders',
    refused: 'mysql://db/orders',
  },
  {
    call: 'secret',
    setting: secret({ ...texts, minLength: 16 }),
    accepted: 'correct horse battery',
    refused: 'hunter2',
  },
  {
    call: 'schema',
    setting: schema(list, { ...texts, expected: 'what the schema accepts', default: 'a,b' }),
    accepted: 'a,b',
  },
];

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return lines.join('\n');
}

/** Each kind with a text it accepts, what that loads as, and a text it refuses with the reason: read by the kind itself. */
export function kindsTable(): string {
  const rows = samples.map(({ call, setting: { kind }, accepted, refused }) => {
    const reading = kind.read(accepted);
    if (!('value' in reading)) throw new TypeError(`${call} refuses its own example`);
    const refusal = refused === undefined ? undefined : kind.read(refused);
    const why =
      refusal !== undefined && 'refused' in refusal ? `\`${refused}\`: ${refusal.refused.why}` : 'what it refuses';
    return [
      `\`${call}\``,
      kind.expected,
      `\`${accepted}\``,
      `\`${inspect(reading.value)}\`${kind.unit === undefined ? '' : ` (${kind.unit})`}`,
      why,
    ];
  });
  return table(['Kind', 'Expected', 'Written', 'Loaded and printed as', 'Refused, and why'], rows);
}

export function codesTable(): string {
  return table(
    ['Code', 'Meaning'],
    Object.entries(problemCodes).map(([code, meaning]) => [`\`${code}\``, meaning]),
  );
}

/** An error as it is printed: a time-out without its unit, and a secret that is too short. */
export function errorExample(): string {
  const app = defaults.defineDefaults('app', 'APP_', {
    token: secret({ ...texts, env: 'APP_TOKEN', minLength: 16, owner: 'team-orders' }),
  });
  const env = { DEPLOY_ENVIRONMENT: 'production', HTTP_REQUEST_TIMEOUT: '5', APP_TOKEN: 'hunter2' };
  try {
    defaults.loadSettings({ http: defaults.httpServer, app }, { env, owner: 'team-orders' });
  } catch (error) {
    return `\`\`\`text\n${String(error).trimEnd()}\n\`\`\``;
  }
  throw new TypeError('the settings of the example were accepted');
}

/** The groups and the names they own, and the names that are never accused. */
export function namesTable(groups: readonly Group[]): string {
  const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
  const owned = groups.map(({ name, prefix, settings }) => {
    const names = Object.values<Setting<unknown>>(settings).flatMap(({ env }) => env ?? []);
    return [`\`${name}\``, `\`${prefix}\``, code(names) || 'none: its settings belong to platforms'];
  });
  const { names, suffixes, valuePrefixes } = foreignNames;
  return [
    table(['Group', 'Prefix', 'Variables'], owned),
    '',
    `Never accused, however near they stand: ${code(names)}; names that end with ${code(suffixes)}; values that begin with ${code(valuePrefixes)}.`,
  ].join('\n');
}
