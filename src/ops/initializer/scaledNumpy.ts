import type { InitializerNumpy } from "../text/numpy.js";
import { pythonNumber } from "../text/python.js";

/** The variance of a weight, before the gain. */
type VarianceText = (inputs: number, units: number) => string;

/** Weights from N(0, gain² · variance). */
export function scaledNormalNumpy(variance: VarianceText) {
  return ((units, inputs, { gain }) =>
    `rng.randn(${units}, ${inputs}) * ${scaled(gain, variance(inputs, units))}`) satisfies InitializerNumpy;
}

/** The same from the uniform distribution: U(−limit, limit) has variance limit²/3. */
export function scaledUniformNumpy(variance: VarianceText) {
  return ((units, inputs, { gain }) =>
    `rng.uniform(-1, 1, (${units}, ${inputs})) * ${scaled(gain, `3 * (${variance(inputs, units)})`)}`) satisfies InitializerNumpy;
}

function scaled(gain: number, square: string): string {
  const root = `np.sqrt(${square})`;
  return gain === 1 ? root : `(${pythonNumber(gain)} * ${root})`;
}
