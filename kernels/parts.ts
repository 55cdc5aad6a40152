/** The kernels' parts one by one, for tests; the library loads index.ts. */

import { CONTROL, Control } from "./barrier";
import { packedFrom } from "./layerProducts";
import { Layer, Plan } from "./plan";
import { COUNTS, READING, TABLE } from "./readings";

export * from "./numericExports";
export * from "./packedProductExports";

/** Sizes of the structs, to hold their layout in `src/engine/wasm/planStruct.ts` against. */
export const planBytes: i32 = offsetof<Plan>();
export const layerBytes: i32 = offsetof<Layer>();
export const controlBytes: i32 = offsetof<Control>();

/** Fixed addresses, and where products are packed: `src/engine/wasm/` has them too. */
export const controlAddress: i32 = <i32>CONTROL;
export const readingAddress: i32 = <i32>READING;
export const countsAddress: i32 = <i32>COUNTS;
export const countsEnd: i32 = <i32>(COUNTS + 2 * TABLE);
export const packedFromProducts: i32 = <i32>packedFrom;
