import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../checks/clock.ts';
import { templateOfExpress } from './express-route.ts';
import type { Recorder } from './recorder.ts';
import { hasBody, LiveMarks, RequestContext } from './request-context.ts';
import { clientClosedRequest } from './traffic.ts';

/** Measures requests from the moment they arrive until their response is closed. */
export class RequestMeter {
  readonly context = new RequestContext();
  readonly #clock: Clock;
  readonly #recorder: Recorder;

  constructor(clock: Clock, recorder: Recorder) {
    this.#clock = clock;
    this.#recorder = recorder;
  }

  /** The marks of a request that an outer door measures already. */
  marksOf(request: IncomingMessage): LiveMarks | undefined {
    const marks = this.context.marks();
    return marks?.belongTo(request) === true ? marks : undefined;
  }

  /** Called by a server of node:http, or in a hook of a framework, for each request; the rest of the callback is its. */
  enter(request: IncomingMessage, response: ServerResponse): LiveMarks {
    const marks = this.begin(request, response);
    this.context.enter(marks);
    return marks;
  }

  /** Measures a request whose code is run in its context by `context.run`. */
  begin(request: IncomingMessage, response: ServerResponse): LiveMarks {
    const marks = new LiveMarks(request, this.#clock.elapsedMs());
    this.#recorder.begin();
    // Node closes every response: after it was finished, or because the client hung up.
    response.on('close', () => this.#end(marks, request, response));
    if (hasBody(request)) this.context.keepInBody(marks, request);
    return marks;
  }

  #end(marks: LiveMarks, request: IncomingMessage, response: ServerResponse): void {
    const endedAt = this.#clock.elapsedMs();
    const status = statusOf(response);
    marks.route ??= templateOfExpress(request);
    marks.letGo();
    this.#recorder.end(endedAt, marks, request.method, status);
    // A hang-up comes from the socket, outside the request; whoever listens after this still finds the marks.
    if (status === clientClosedRequest) this.context.enter(marks);
  }
}

function statusOf(response: ServerResponse): number {
  // The response of HTTP/2 calls itself finished whenever it is closed.
  if (response.writableFinished && response.writableEnded) return response.statusCode;
  // Destroyed with an error, as by a stream that broke: the client got half an answer and is not to blame.
  return response.errored instanceof Error ? 500 : clientClosedRequest;
}
