/** A JSON Schema (2020-12), as OpenAPI 3.1 takes it. */
export type Schema = Readonly<Record<string, unknown>>;

/** What a client may send and what it gets: one operation object of OpenAPI 3.1. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly Schema[];
  readonly requestBody?: Schema;
  readonly responses: Readonly<Record<number, Schema>>;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Puts the route into the OpenAPI document. */
    readonly operation?: Operation;
  }
}

/** Refers to one of the schemas in schemas.ts. */
export function schemaRef(name: 'NewOrder' | 'Order' | 'OrderList' | 'Problem'): Schema {
  return { $ref: `#/components/schemas/${name}` };
}
