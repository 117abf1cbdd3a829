type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
interface JsonObject {
  readonly [key: string]: Json;
}

/** An OpenAPI document as far as the contract reads it. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonObject>> };
}

export interface OpenApiOperation {
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
}

export interface OpenApiResponse {
  readonly content: Readonly<Record<string, { readonly schema: JsonObject }>>;
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Objects that hold what somebody named: in them `title` or `required` is a name like any other. */
const holdNames = new Set(['properties', 'paths', 'schemas', 'headers', 'content', 'responses', '$defs']);

/**
 * Writes the same thing in one way: members in the order of the alphabet, lists that are sets as well, null as one of the
 * types, and no `title`, which FastAPI makes up from names.
 */
export function normalised(value: Json, isNamed = false): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => normalised(each));
  if (!isObject(value)) return value;
  const members = Object.entries(value)
    .filter(([name, member]) => isNamed || name !== 'title' || typeof member !== 'string')
    .map(([name, member]) => [name, normalised(member, !isNamed && holdNames.has(name))] as const)
    .map(([name, member]) => [name, !isNamed && name === 'required' ? sorted(member) : member] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return isNamed ? Object.fromEntries(members) : withTypeNull(Object.fromEntries(members));
}

function sorted(value: Json): Json {
  return Array.isArray(value) ? (value as readonly Json[]).map(String).sort() : value;
}

/** `anyOf` a type and null is a list of both types. */
function withTypeNull(schema: JsonObject): JsonObject {
  const { anyOf, ...others } = schema;
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return schema;
  const [type, nothing] = anyOf as [JsonObject, JsonObject];
  if (nothing['type'] !== 'null' || typeof type['type'] !== 'string') return schema;
  return { ...others, ...type, type: [type['type'], 'null'] };
}
