import { entrywise } from "../activation.js";

/**
 * The hard hyperbolic tangent `min(max(−1, z), 1)`: straight lines in place of tanh; derivative 1 within.
 *
 * Source: Collobert 2004, "Large scale machine learning".
 */
export const hardTanh = entrywise({
  keeps: "input",
  traits: { range: [-1, 1], saturates: { low: -1, high: 1 }, dies: true, initializer: "xavier" },
  pieces: [
    { to: -1, value: () => -1, derivative: () => 0 },
    { to: 1, value: (z) => z, derivative: () => 1 },
    { value: (z) => (Number.isNaN(z) ? z : 1), derivative: () => 0 },
  ],
});
