import { entrywise } from "../activation.js";

/**
 * The leaky rectified linear unit: z for z > 0, `slope · z` elsewhere; derivative 1 or `slope` (`slope` at z = 0).
 *
 * Source: Maas, Hannun & Ng 2013, "Rectifier nonlinearities improve neural network acoustic models".
 */
export const leakyRelu = entrywise({
  options: {
    slope: { constraint: { kind: "number", min: 0, max: 1 }, default: 0.01 },
  },
  keeps: "output",
  traits: { range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], initializer: "he" },
  pieces: [
    { to: 0, value: (z, { slope }) => slope * z, derivative: (_z, _a, { slope }) => slope },
    { value: (z) => z, derivative: () => 1 },
  ],
});
