import type { IncomingMessage } from 'node:http';

/** What is read of the router of Express; nothing of it is taken for granted. */
interface Layer {
  readonly route?: unknown;
  /** Of the layer of a router that is mounted: where it is mounted. */
  readonly rawPath?: unknown;
  readonly handle?: Partial<Router> & { readonly router?: Partial<Router> };
  match?(path: string): { readonly path?: unknown; readonly pattern?: unknown } | boolean;
}

interface Router {
  readonly stack: readonly Layer[];
}

interface App {
  readonly parent?: App;
  readonly mountpath?: unknown;
  readonly router?: Partial<Router>;
}

type ExpressRequest = IncomingMessage & {
  readonly route?: { readonly path?: unknown };
  readonly baseUrl?: unknown;
  readonly app?: App;
};

/** Routers inside routers deeper than this are a cycle. */
const deepest = 10;

const templates = new WeakMap<object, string>();

/**
 * The template of the route that answered in Express; undefined for any other server, and where no route answered.
 *
 * Express keeps the template of a route, but of the router around it only the path that was asked for, such as
 * `/users/42`. Where that router is mounted is looked up, once for each route.
 */
export function templateOfExpress(request: IncomingMessage): string | undefined {
  const { route, baseUrl, app } = request as ExpressRequest;
  if (typeof route !== 'object' || route === null) return undefined;
  const known = templates.get(route);
  if (known !== undefined) return known;

  const path = asText(route.path);
  if (path === undefined) return undefined;
  if (typeof baseUrl !== 'string' || baseUrl === '') return path;
  const chains = chainsTo(route, app?.router?.stack ?? [], deepest);
  const [first] = chains;
  const chain = chains.find((layers) => mounts(layers, baseUrl)) ?? first;
  if (chain === undefined) return join([baseUrl, path]);
  const template = join([...mountsOfApps(app), ...(mounts(chain, baseUrl) ?? chain.map(mountOf)), path]);
  if (chains.length === 1 && !chain.some(({ rawPath }) => Array.isArray(rawPath))) templates.set(route, template);
  return template;
}

/** Every way from a stack down to the router that holds the route, as the layers it is mounted with. */
function chainsTo(route: unknown, stack: readonly Layer[], depth: number): Layer[][] {
  if (depth === 0 || !Array.isArray(stack)) return [];
  const here = stack.some((layer: Layer) => layer.route === route) ? [[]] : [];
  const below = stack.flatMap((layer: Layer) => {
    const { handle } = layer;
    const inner = handle?.stack ?? handle?.router?.stack;
    return inner === undefined ? [] : chainsTo(route, inner, depth - 1).map((chain) => [layer, ...chain]);
  });
  return [...here, ...below];
}

/** Where each layer is mounted, if together they match the path; a router may be mounted at several. */
function mounts(chain: readonly Layer[], baseUrl: string): string[] | undefined {
  let rest = baseUrl;
  const patterns: string[] = [];
  for (const layer of chain) {
    const match = layer.match?.(rest === '' ? '/' : rest);
    if (typeof match !== 'object' || match === null || typeof match.path !== 'string') return undefined;
    rest = rest.slice(match.path.length);
    patterns.push(asText(match.pattern) ?? '');
  }
  return rest === '' ? patterns : undefined;
}

const mountOf = ({ rawPath }: Layer): string => asText(rawPath) ?? '';

/** An application that is mounted in another one knows where. */
function mountsOfApps(app: App | undefined): string[] {
  const found: string[] = [];
  for (let inner = app; inner?.parent !== undefined && found.length < deepest; inner = inner.parent)
    found.unshift(asText(inner.mountpath) ?? '');
  return found;
}

/** Of several paths the first; a regular expression as it is written. */
function asText(path: unknown): string | undefined {
  if (typeof path === 'string') return path;
  if (path instanceof RegExp) return String(path);
  return Array.isArray(path) ? asText(path[0]) : undefined;
}

const join = (parts: readonly string[]): string =>
  parts
    .filter((part) => part !== '' && part !== '/')
    .map((part) => (part.endsWith('/') ? part.slice(0, -1) : part))
    .join('') || '/';
