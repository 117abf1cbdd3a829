// Plop as its README has it: the files of a folder, rendered into another one.
/** @param {import('plop').NodePlopAPI} plop */
// oxlint-disable-next-line import/no-default-export -- plop takes the default export
export default function (plop) {
  plop.setGenerator('service', {
    description: 'the same files',
    prompts: [{ type: 'input', name: 'target', message: 'where to' }],
    actions: [
      {
        type: 'addMany',
        base: process.env.BENCH_FILES ?? '',
        templateFiles: `${process.env.BENCH_FILES}/**`,
        destination: '{{target}}',
        globOptions: { dot: true },
        stripExtensions: [],
        verbose: false,
      },
    ],
  });
}
