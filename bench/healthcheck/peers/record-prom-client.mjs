import { Histogram, Registry } from 'prom-client';

export function createRecorder() {
  const registers = [new Registry()];
  const labelNames = ['method', 'route', 'status'];
  const durations = new Histogram({ name: 'http_request_duration_seconds', help: 'Durations', labelNames, registers });
  return {
    record: (route, method, status) => durations.observe({ method, route, status }, 0.02),
    without: () => {},
    kept: () => Object.keys(durations.hashMap).length,
  };
}
