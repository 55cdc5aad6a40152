/** The kernels' parts one by one, for tests; the library loads index.ts. */

import { Control } from "./barrier";
import { Layer, Plan } from "./plan";

export * from "./numericExports";
export * from "./packedProductExports";

/** Sizes of the structs, to hold their layout in `src/engine/wasm/planStruct.ts` against. */
export const planBytes: i32 = offsetof<Plan>();
export const layerBytes: i32 = offsetof<Layer>();
export const controlBytes: i32 = offsetof<Control>();
