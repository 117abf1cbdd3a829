import { readGoldenState, type Given } from './golden-state.ts';

/** The golden state in which most things are named, with another text in every place that a service can name. */
export function renamed(text: string, state = 'warn'): Given {
  const { given } = readGoldenState(state);
  const named = <Item extends { readonly name: string }>(items: readonly Item[]): Item[] =>
    items.map((item, index) => ({ ...item, name: `${text}${index}` }));
  const routes = [...new Set(given.requests.map(({ route }) => route))];
  return {
    ...given,
    serviceId: text,
    releaseId: text,
    checks: named(given.checks),
    jobs: named(given.jobs),
    requests: given.requests.map((request) => ({ ...request, route: `${text}${routes.indexOf(request.route)}` })),
    deploy:
      given.deploy === null
        ? null
        : { ...given.deploy, sentence: text, numbers: { ...given.deploy.numbers, previousReleaseId: text } },
  };
}
