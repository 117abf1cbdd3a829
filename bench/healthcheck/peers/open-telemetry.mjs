// The instrumentation patches node:http when it is required, so it comes first.
import { createRequire } from 'node:module';

import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';

import { answer } from './answer.mjs';

const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const meterProvider = new MeterProvider({
  readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })],
});
registerInstrumentations({ instrumentations: [new HttpInstrumentation()], meterProvider });
const { createServer: createHttpServer } = createRequire(import.meta.url)('node:http');

export const createServer = () => createHttpServer((_request, response) => answer(response));
