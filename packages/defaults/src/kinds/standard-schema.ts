/** The part of the Standard Schema interface (version 1) that a setting uses; copied, because it is types only. */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path?: StandardPath | undefined }[] };

export type StandardPath = readonly (PropertyKey | { readonly key: PropertyKey })[];

/** What a schema returns for a text: `Output` of `x` in `schema(x, …)`. */
export type OutputOf<X extends StandardSchema> = NonNullable<X['~standard']['types']>['output'];
