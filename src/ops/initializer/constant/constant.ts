import { Matrix } from "../../../array/matrix.js";
import type { InitializerDefinition } from "../initializer.js";

/** All weights the same. */
export const constant = {
  options: { value: { constraint: { kind: "number" }, default: 1 } },
  draw: (units, inputs, { value }) => Matrix.filled(units, inputs, value),
} as const satisfies InitializerDefinition;
