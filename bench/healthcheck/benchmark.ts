import type { Benchmark } from '../benchmark.ts';
import { installPeers } from '../install-peers.ts';
import { extraOf } from '../differences.ts';
import { measureRequests } from '../requests/measure-requests.ts';
import { explain } from './explain.ts';
import { measureRecords, recordings } from './measure-records.ts';
import { bare, launch, ours, peersFolder, programs, promClient, requestsPerRound } from './programs.ts';

const rounds = 200;
/** prom-client keeps every set of labels: ten times as many would not fit in memory. */
const recordingsOfPromClient = 1_000_000;

export const healthcheckBenchmark: Benchmark = {
  name: 'healthcheck',
  question: 'what a measured request costs, beside prom-client, OpenTelemetry, terminus and under-pressure',
  async run(say) {
    say('installing the peers');
    const versions = installPeers(peersFolder);
    say('recording without a network');
    const recordedByOurs = measureRecords('record-ours.mjs', recordings);
    const recordedByPromClient = measureRecords('record-prom-client.mjs', recordingsOfPromClient);
    say(`measuring ${rounds} rounds of requests`);
    const measured = await measureRequests({ programs, launch, rounds, requestsPerRound, warmUpRequests: 20_000 }, say);
    const samplesOf = (program: typeof bare) => measured.get(program) ?? [];
    const [extra, extraOfPromClient] = [ours, promClient].map((program) =>
      extraOf(samplesOf(program), samplesOf(bare)),
    ) as [ReturnType<typeof extraOf>, ReturnType<typeof extraOf>];
    return {
      figures: [
        { key: 'extra_us', value: extra.us, unit: 'µs', goal: '<= 1' },
        { key: 'vs_prom_client', value: extra.us / extraOfPromClient.us, unit: 'ratio', goal: '<= 0.6' },
        { key: 'ns_per_record', value: recordedByOurs.nsPerRecord, unit: 'ns', goal: '<= 1000' },
        { key: 'rss_growth_mb', value: recordedByOurs.rssGrowthMb, unit: 'MB', goal: '<= 5' },
      ],
      explanation: explain({
        rounds: measured,
        ours: recordedByOurs,
        promClient: { ...recordedByPromClient, recordings: recordingsOfPromClient },
        versions,
      }),
    };
  },
};
