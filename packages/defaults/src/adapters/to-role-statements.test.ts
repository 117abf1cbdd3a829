import { expect, it } from 'vitest';

import { overrideDefaults } from '../declare/override-defaults.ts';
import { postgres } from '../groups/postgres.ts';

import { toRoleStatements } from './to-role-statements.ts';

const texts = { owner: 'team-orders', reason: 'reports', expect: 'reports end', rollback: 'RESET it' };

it('sets what the group declares for a role, in the units of PostgreSQL', () => {
  const group = overrideDefaults(postgres, { transactionTimeoutMs: { default: '5m', ...texts } });
  expect(toRoleStatements(group, 'orders')).toEqual([
    `ALTER ROLE "orders" SET statement_timeout = '15s';`,
    `ALTER ROLE "orders" SET lock_timeout = '3s';`,
    `ALTER ROLE "orders" SET idle_in_transaction_session_timeout = '30s';`,
    `ALTER ROLE "orders" SET transaction_timeout = '5min';`,
  ]);
});

it('leaves out what an older server does not know', () => {
  expect(toRoleStatements(postgres, 'orders', { serverVersion: 16 }).join('\n')).not.toContain('transaction_timeout');
  expect(toRoleStatements(postgres, 'orders', { serverVersion: 17 }).join('\n')).toContain('transaction_timeout');
});

it('quotes the name of the role', () => {
  expect(toRoleStatements(postgres, 'a"; DROP ROLE b; --')[0]).toMatch(/^ALTER ROLE "a""; DROP ROLE b; --" SET /);
});
