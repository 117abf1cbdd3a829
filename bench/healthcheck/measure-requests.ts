import { shuffle } from '../interleave.ts';
import { MeasuredServer, pinTo } from './measured-server.ts';
import { type Program, programs } from './programs.ts';

/** Microseconds of processor time for each request, one number a round. */
export type Rounds = ReadonlyMap<Program, readonly number[]>;

const requestsPerRound = 2_000;
const warmUpRequests = 20_000;

/**
 * Sends short rounds to all servers by turns, in another order each time.
 *
 * What the machine does meanwhile is many times what is measured; within one round it meets all alike.
 */
export async function measureRequests(rounds: number, say: (line: string) => void): Promise<Rounds> {
  pinTo(1, process.pid);
  const servers: MeasuredServer[] = [];
  try {
    for (const program of programs) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that none starts in the noise of another
      servers.push(await MeasuredServer.start(program));
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
