import { createHealth } from '@seaworthy/healthcheck';

/** As much of a response as the door needs: everything it does is measured, and nothing else. */
class Response {
  statusCode;
  writableFinished = true;
  writableEnded = true;
  #closed = () => {};

  constructor(statusCode) {
    this.statusCode = statusCode;
  }

  on(_event, listener) {
    this.#closed = listener;
  }

  close() {
    this.#closed();
  }
}

export function createRecorder() {
  const health = createHealth({ serviceId: 'orders', releaseId: '1.0.0' });
  const headers = {};
  const listener = health.wrap((request) => {
    // What no service should do: a path is no template.
    health.route(request.url);
    health.cache('miss');
    health.db();
  });
  const send = (handler) => (url, method, status) => {
    const response = new Response(status);
    handler({ url, method, headers }, response);
    response.close();
  };
  return {
    record: send(listener),
    without: send(() => {}),
    kept: () => health.snapshot().window.routes.size,
  };
}
