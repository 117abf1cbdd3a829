import type { PostgresClient, PostgresConnections } from './postgres-transaction.ts';
import { sqlStateOf } from './postgres-failure.ts';

// Two that begin at once both find the table missing; the later one fails when the earlier is done: its type, its name or its index is there.
const lostRace = ['23505', '42P07', '42710'];
const mostTries = 5;

export async function migratePostgres<Client extends PostgresClient>(
  connections: PostgresConnections<Client>,
  create: readonly string[],
  tries = 1,
): Promise<void> {
  try {
    await connections.transaction(async (client) => {
      // oxlint-disable-next-line no-await-in-loop -- the indexes after the table
      for (const statement of create) await client.query(statement);
    });
  } catch (error) {
    const cause: unknown = Reflect.get(Object(error), 'cause');
    if (tries >= mostTries || !lostRace.includes(sqlStateOf(cause))) throw error;
    await migratePostgres(connections, create, tries + 1);
  }
}
