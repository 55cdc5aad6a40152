/** The kernels' parts one by one, for tests; the library loads index.ts. */

export * from "./generated/offsets";
export * from "./numericExports";
export * from "./packedProductExports";
