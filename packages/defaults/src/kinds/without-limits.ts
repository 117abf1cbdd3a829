/** The options of a kind without its limits: what remains is stored with the setting. */
export function withoutLimits<O extends object>(options: O): O {
  const { min: _min, max: _max, ...rest } = options as O & { min?: unknown; max?: unknown };
  return rest as unknown as O;
}
