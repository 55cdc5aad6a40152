import { entrywise } from "../activation.js";

/**
 * The hard sigmoid `min(max(0, z + 3), 6) / 6`: straight lines in place of the logistic function; derivative 1/6 within.
 *
 * Source: Howard et al. 2019, "Searching for MobileNetV3", section 5.2; Keras' has other slopes.
 */
export const hardSigmoid = entrywise({
  keeps: "input",
  traits: { range: [0, 1], saturates: { low: 0, high: 1 }, dies: true, initializer: "xavier" },
  pieces: [
    { to: -3, value: () => 0, derivative: () => 0 },
    { to: 3, value: (z) => (z + 3) / 6, derivative: () => 1 / 6 },
    { value: (z) => (Number.isNaN(z) ? z : 1), derivative: () => 0 },
  ],
});
