import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Prepares a server for draining and returns what begins it: requests in flight end with `Connection: close`, and
 * connections that never sent a byte are closed. Node takes neither of them for idle and would wait for both.
 */
export function drainConnections(server: Server): () => void {
  const sockets = new Set<Socket>();
  const inFlight = new Set<ServerResponse>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.prependListener('request', (_request, response: ServerResponse) => {
    inFlight.add(response);
    response.once('close', () => inFlight.delete(response));
  });
  return () => {
    for (const response of inFlight) if (!response.headersSent) response.setHeader('connection', 'close');
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };
}
