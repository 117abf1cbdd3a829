import { shuffle } from '../interleave.ts';
import { MeasuredServer, pinTo } from './measured-server.ts';
import type { Launch, Program } from './program.ts';

/** Microseconds of processor time for each request, one number a round. */
export type Rounds = ReadonlyMap<Program, readonly number[]>;

interface Plan {
  readonly programs: readonly Program[];
  readonly launch: (program: Program) => Launch;
  readonly rounds: number;
  readonly requestsPerRound: number;
  readonly warmUpRequests: number;
}

/**
 * Sends short rounds to all servers by turns, in another order each time.
 *
 * What the machine does meanwhile is many times what is measured; within one round it meets all alike.
 */
export async function measureRequests(plan: Plan, say: (line: string) => void): Promise<Rounds> {
  const { programs, launch, rounds, requestsPerRound, warmUpRequests } = plan;
  pinTo(1, process.pid);
  const servers: MeasuredServer[] = [];
  try {
    for (const program of programs) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that none starts in the noise of another
      servers.push(await MeasuredServer.start(program, launch(program)));
    }
    const samples = new Map(programs.map((program): [Program, number[]] => [program, []]));
    for (const server of servers) {
      // oxlint-disable-next-line no-await-in-loop
      await server.cpuUs(warmUpRequests);
    }
    for (let round = 1; round <= rounds; round += 1) {
      for (const server of shuffle(servers)) {
        // oxlint-disable-next-line no-await-in-loop -- by turns
        samples.get(server.program)?.push(await server.cpuUs(requestsPerRound));
      }
      if (round % 50 === 0) say(`${round} of ${rounds} rounds`);
    }
    return samples;
  } finally {
    for (const server of servers) server.stop();
  }
}
