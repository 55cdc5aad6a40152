/** Operations with kernels, as `operationsIn` finds them. */
export interface FoundOperations {
  readonly steps: readonly unknown[];
  readonly losses: readonly unknown[];
  readonly optimizers: readonly unknown[];
}

/** The WebAssembly of an entry of kernels/ with some operations. */
export declare function compile(
  entry: string,
  operations: FoundOperations,
  features?: readonly string[],
): Promise<Uint8Array<ArrayBuffer>>;

