import { drawNormal, type InitializerDefinition } from "../initializer.js";

/** N(0, scale²), whatever the size of the layer. */
export const normal = {
  options: {
    scale: {
      constraint: { kind: "number", min: 0 },
      default: 0.01,
    },
  },
  draw: (units, inputs, { scale }, random) => drawNormal(units, inputs, scale, random),
} as const satisfies InitializerDefinition;
