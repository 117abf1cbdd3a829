import { serviceGenerator, type PlopInterface, type ServiceGeneratorOptions } from './service-generator.ts';

interface PlopPackInterface extends PlopInterface {
  setDefaultInclude(include: object): unknown;
}

type PlopPackOptions = ServiceGeneratorOptions & { readonly destBasePath?: string };

/** What `plop.load('create-seaworthy', options)` calls: plop finds it through `main`, for it does not read `exports`. */
// oxlint-disable-next-line import/no-default-export -- plop takes the default export
export default function loadServiceGenerator(plop: PlopPackInterface, options: PlopPackOptions = {}): void {
  // Plop adds where files would go; ours go where the user says.
  const { destBasePath: _plops, ...ours } = options;
  plop.setDefaultInclude({ generators: true });
  serviceGenerator(plop, ours);
}
