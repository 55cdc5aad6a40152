import { add as sum } from "../../../array/broadcast.js";
import type { Operation } from "../../op.js";

/** One value for two readers: forward hands it to both, backward adds what comes back from them. */
export const split = {
  keeps: "nothing",
  takesMembers: true,
  shapes: ([shape]) => [shape, shape],
  carries: (_output, row) => ({ input: 0, row }),
  forward: ([A]) => ({ outputs: [A, A] }),
  backward: ([first, second]) => ({ inputs: [sum(first, second)], parameters: [] }), // (units × examples)
} as const satisfies Operation;
