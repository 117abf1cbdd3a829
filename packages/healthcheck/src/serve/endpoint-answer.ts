import type { ServerResponse } from 'node:http';

/** What goes back to whoever asked; made from memory, so it is whole before the first byte leaves. */
export interface EndpointAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** Node leaves the body out of an answer to HEAD by itself. */
export function sendAnswer(answer: EndpointAnswer, response: ServerResponse): void {
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  response.setHeader('content-length', Buffer.byteLength(answer.body));
  response.writeHead(answer.status).end(answer.body);
}
