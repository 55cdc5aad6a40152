import { entrywise } from "../activation.js";

/**
 * The rectified linear unit `max(0, z)`, with derivative 1 for z > 0 and 0 elsewhere, at z = 0 too.
 *
 * NaN stays NaN, so that a broken network cannot hide behind a zero.
 */
export const relu = entrywise({
  keeps: "output",
  traits: { range: [0, Number.POSITIVE_INFINITY], dies: true, initializer: "he" },
  pieces: [
    { to: 0, value: () => 0, derivative: () => 0 },
    { value: (z) => z, derivative: () => 1 },
  ],
});
