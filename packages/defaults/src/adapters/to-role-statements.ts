import type { Group } from '../declare/group.ts';
import { writtenDefault, type Setting } from '../declare/setting.ts';

/** What PostgreSQL is asked to do, and by which version of it. */
export interface RoleStatementsOptions {
  /** The major version of the server; what a later one brought is left out. @default the newest */
  readonly serverVersion?: number;
}

// The server refuses the whole statement for a name it does not know.
const since: Readonly<Record<string, number>> = { transaction_timeout: 17 };

function inPostgresUnits(written: string): string {
  return written.replace(/^([0-9]+)m$/, '$1min');
}

/**
 * The statements that give a role of PostgreSQL its time-outs; new sessions have them, running ones keep theirs.
 *
 * They belong to the role and not into `postgresql.conf`, where they would end backups and migrations too.
 * `ALTER ROLE … RESET …` is the way back.
 *
 * @example
 * ```ts
 * import { postgres, toRoleStatements } from '@seaworthy/defaults';
 * const [first] = toRoleStatements(postgres, 'orders');
 * if (first !== `ALTER ROLE "orders" SET statement_timeout = '15s';`) throw new Error(String(first));
 * ```
 */
export function toRoleStatements(
  group: Pick<Group, 'settings'>,
  role: string,
  { serverVersion = Infinity }: RoleStatementsOptions = {},
): string[] {
  const quoted = `"${role.replaceAll('"', '""')}"`;
  return Object.values<Setting<unknown>>(group.settings).flatMap((setting) => {
    const { appliesTo, parameter } = setting;
    if (appliesTo !== 'postgres-role' || (since[parameter] ?? 0) > serverVersion) return [];
    const value = inPostgresUnits(writtenDefault(setting, 'production') ?? '');
    return [`ALTER ROLE ${quoted} SET ${parameter} = '${value}';`];
  });
}
