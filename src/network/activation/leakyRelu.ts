import { type EntrywiseActivation, entrywise } from "./activation.js";

/** Slope below zero when none is given. */
export const defaultSlope = 0.01;

/**
 * The leaky rectified linear unit: z for z > 0, `slope · z` elsewhere; derivative 1 or `slope` (`slope` at z = 0).
 *
 * Source: Maas, Hannun & Ng 2013, "Rectifier nonlinearities improve neural network acoustic models".
 */
export function leakyRelu(slope = defaultSlope): EntrywiseActivation & { readonly slope: number } {
  const scalar = entrywise(
    "leakyRelu",
    (z) => (z <= 0 ? slope * z : z),
    (z) => (z > 0 ? 1 : slope),
  );
  return { ...scalar, slope };
}
