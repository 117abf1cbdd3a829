import { request } from 'node:http';
import { connect } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  /** The parsed body, or undefined where there is none. */
  readonly json: unknown;
}

export interface Question {
  readonly method?: string;
  /** Several values are several lines of one name. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
  /** Sends the body without a length. */
  readonly chunked?: boolean;
}

/** One request on a connection of its own; unlike fetch it sends exactly these headers. */
export function ask(
  url: string,
  { method = 'GET', headers = {}, body, chunked = false }: Question = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined || chunked ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = request(url, { method, headers: { ...length, ...headers }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const flat = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
        const isJson = flat['content-type']?.includes('json') === true && text !== '';
        resolve({ status: response.statusCode ?? 0, headers: flat, text, json: isJson ? JSON.parse(text) : undefined });
      });
      response.on('error', reject);
    });
    // A service that refuses a large body may close the connection while it is still being sent.
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Sends a request in pieces over a raw connection; `next` is awaited between them. Returns everything received. */
export function askInPieces(
  port: number,
  first: string,
  next: () => Promise<unknown>,
  second: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(first);
      // Long enough for the service to have read the first piece: nothing else tells that it has.
      setTimeout(() => {
        next().then(() => socket.write(second), reject);
      }, 300);
    });
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

/** Stores an order, once however often it is sent. */
export function postOrder(address: string, orderNumber: string): Promise<Answer> {
  return ask(`${address}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': orderNumber },
    body: JSON.stringify({ orderNumber, sku: 'S', quantity: 1 }),
  });
}
