import { drawNormal, drawUniform, type InitializerDefinition } from "./initializer.js";

/** Variance of a weight, before the gain. */
export type Variance = (inputs: number, units: number) => number;

/** Of all of them. */
export const gain = {
  constraint: { kind: "number", above: 0 },
  default: 1,
} as const;

const options = { gain } as const;

/** Weights from N(0, gain² · variance), which keep signals in size through the layers. */
export function scaledNormal(variance: Variance) {
  return {
    options,
    draw: (units, inputs, n, random) => drawNormal(units, inputs, n.gain * Math.sqrt(variance(inputs, units)), random),
  } as const satisfies InitializerDefinition;
}

/** The same from the uniform distribution: U(−limit, limit) has variance limit²/3. */
export function scaledUniform(variance: Variance) {
  return {
    options,
    draw: (units, inputs, n, random) =>
      drawUniform(units, inputs, n.gain * Math.sqrt(3 * variance(inputs, units)), random),
  } as const satisfies InitializerDefinition;
}
