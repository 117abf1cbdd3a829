import type { Benchmark } from '../benchmark.ts';
import { extraOf } from '../differences.ts';
import { measureRequests } from '../requests/measure-requests.ts';
import { requestsTable } from '../requests/requests-table.ts';
import { installPythonPeers } from './install-peers.ts';
import { bare, baseHttpMiddleware, launch, ours, peersFolder, programs, requestsPerRound } from './programs.ts';

const rounds = 200;

export const pythonBenchmark: Benchmark = {
  name: 'python',
  question: 'what a measured request costs on FastAPI, beside BaseHTTPMiddleware and prometheus-fastapi-instrumentator',
  async run(say) {
    say('installing the peers');
    const versions = installPythonPeers(peersFolder);
    say(`measuring ${rounds} rounds of requests`);
    const measured = await measureRequests({ programs, launch, rounds, requestsPerRound, warmUpRequests: 5_000 }, say);
    const extra = (program: typeof bare) => extraOf(measured.get(program) ?? [], measured.get(bare) ?? []).us;
    return {
      figures: [
        { key: 'extra_us', value: extra(ours), unit: 'µs', goal: '<= 4' },
        {
          key: 'vs_base_http_middleware',
          value: extra(ours) / extra(baseHttpMiddleware),
          unit: 'ratio',
          goal: '<= 0.2',
        },
      ],
      explanation: `## What a request costs

${requestsTable({ programs, rounds: measured, versions, requestsPerRound })}

Every program runs on uvicorn with httptools and without an access log, in one process. Ours and the \`BaseHTTPMiddleware\` record response time, status, route, cache class
and database calls of each request in the same recorder, with two marks from the handler, and answer the probes; the instrumentator counts by handler, method and status with its defaults, and knows neither cache nor database.`,
    };
  },
};
