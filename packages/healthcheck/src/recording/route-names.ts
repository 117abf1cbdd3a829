/** What the requests are counted as that have no template, or one too many. */
export const otherRoute = 'other';

/** A template longer than this is none that somebody wrote. */
const longestTemplate = 256;

/** `/orders/:orderNumber` of a framework as `/orders/{orderNumber}`, the form that both languages print. */
export const toTemplate = (route: string): string =>
  route.replaceAll(/(?<!:):(\w+)(?:\{[^}]*\}|\([^)]*\))?\??/g, '{$1}');

/** Gives every route a number, in the order of their first request, up to a limit; 0 is `other`. */
export class RouteNames {
  readonly names: string[] = [otherRoute];
  readonly #numbers = new Map<string, number>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  numberOf(route: string | undefined): number {
    if (route === undefined) return 0;
    return this.#numbers.get(route) ?? this.#add(route);
  }

  /** Nothing is remembered of a route beyond the limit, however many of them arrive. */
  #add(route: string): number {
    if (this.#numbers.size >= this.#limit || route.length > longestTemplate) return 0;
    const name = toTemplate(route);
    const known = this.names.indexOf(name);
    const number = known === -1 ? this.names.push(name) - 1 : known;
    this.#numbers.set(route, number);
    return number;
  }
}
