import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { createServer } from 'mysql2';

/** The side of the server, which the types of mysql2 leave out. */
interface ServedConnection {
  sequenceId: number;
  serverHandshake(options: object): void;
  writeOk(result: object): void;
  on(event: 'query' | 'error', listener: () => void): void;
}

// Without compression and TLS.
const capabilityFlags = 0xff_f7_df;

function answerTo(given: unknown): void {
  const connection = given as ServedConnection;
  connection.serverHandshake({
    protocolVersion: 10,
    serverVersion: '8.0.0',
    connectionId: 1,
    statusFlags: 2,
    characterSet: 8,
    capabilityFlags,
    authCallback(_given: unknown, accept: (error: null, refusal: null) => void) {
      accept(null, null);
      connection.sequenceId = 0;
    },
  });
  connection.on('query', () =>
    setTimeout(() => {
      connection.sequenceId = 1;
      connection.writeOk({ affectedRows: 1 });
      connection.sequenceId = 0;
    }, 2),
  );
  connection.on('error', () => {});
}

/** Speaks the protocol of MySQL, by the server that mysql2 brings: every statement takes a moment and changes a row. */
export async function startMysql(): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const { _server: server } = createServer(answerTo) as unknown as { readonly _server: Server };
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      await once(server.close(), 'close');
    },
  };
}
