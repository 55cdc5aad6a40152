import { drawUniform, type InitializerDefinition } from "../initializer.js";

/** U(−limit, limit), whatever the size of the layer. */
export const uniform = {
  options: {
    limit: {
      constraint: { kind: "number", min: 0 },
      default: 0.01,
    },
  },
  draw: (units, inputs, { limit }, random) => drawUniform(units, inputs, limit, random),
} as const satisfies InitializerDefinition;
