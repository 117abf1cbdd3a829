import type { Benchmark } from './benchmark.ts';

/** The benchmark that the arguments name, or what to print when they name none. */
export function chooseBenchmark(
  benchmarks: readonly Benchmark[],
  args: readonly string[],
): { readonly chosen: Benchmark } | { readonly usage: string } {
  const [name, ...rest] = args;
  const chosen = benchmarks.find((benchmark) => benchmark.name === name);
  if (chosen !== undefined && rest.length === 0) return { chosen };
  const mistake =
    name === undefined
      ? 'expected the name of a benchmark'
      : chosen === undefined
        ? `no benchmark is named ${JSON.stringify(name)}`
        : `expected one name, got ${args.length}`;
  const width = Math.max(...benchmarks.map((benchmark) => benchmark.name.length));
  const lines = benchmarks.map((benchmark) => `  ${benchmark.name.padEnd(width)}  ${benchmark.question}`);
  return { usage: `bench: ${mistake}\n\nnpm run bench -- NAME\n\n${lines.join('\n')}\n` };
}
