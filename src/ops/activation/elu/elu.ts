import { exp } from "../../../numeric/exp.js";
import { expm1 } from "../../../numeric/expm1.js";
import { entrywise } from "../activation.js";

/**
 * The exponential linear unit: z for z > 0, `α (eᶻ − 1)` elsewhere, with derivative 1 or `α eᶻ`.
 *
 * Source: Clevert, Unterthiner & Hochreiter 2016, "Fast and accurate deep network learning by exponential linear units".
 */
export const elu = entrywise({
  options: {
    alpha: { constraint: { kind: "number", above: 0 }, default: 1 },
  },
  keeps: "input",
  traits: { range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], saturates: { low: -1 }, initializer: "he" },
  pieces: [
    { to: 0, value: (z, { alpha }) => alpha * expm1(z), derivative: (z, _a, { alpha }) => alpha * exp(z) },
    { value: (z) => z, derivative: () => 1 },
  ],
});
