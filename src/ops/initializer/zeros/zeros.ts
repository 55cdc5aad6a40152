import { Matrix } from "../../../array/matrix.js";
import type { InitializerDefinition } from "../initializer.js";

/** All weights 0: the units of a layer stay alike for ever. */
export const zeros = {
  options: {},
  draw: (units, inputs) => Matrix.zeros(units, inputs),
} as const satisfies InitializerDefinition;
