/** Operations with kernels, as `operationsIn` finds them. */
export interface FoundOperations {
  readonly steps: readonly FoundOperation[];
  readonly losses: readonly FoundOperation[];
  readonly optimizers: readonly FoundOperation[];
}

export interface FoundOperation {
  readonly name: string;
  readonly code: number;
}

/** The WebAssembly of an entry of kernels/ with some operations. */
export declare function compile(
  entry: string,
  operations: FoundOperations,
  features?: readonly string[],
): Promise<Uint8Array<ArrayBuffer>>;

