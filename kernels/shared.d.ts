/** What the library and the kernels share; see shared.js. */
export declare const structs: Readonly<
  Record<string, { readonly about: string; readonly fields: readonly (readonly [name: string, kind: string, says: string])[] }>
>;
