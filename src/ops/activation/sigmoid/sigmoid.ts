import { exp } from "../../../numeric/exp.js";
import { entrywise } from "../activation.js";

/**
 * The logistic function `σ(z) = 1 / (1 + e⁻ᶻ)`, with `σ' = a (1 − a)`.
 *
 * e is raised to −|z| only, so that no z overflows.
 */
export const sigmoid = entrywise({
  keeps: "output",
  traits: { range: [0, 1], saturates: { low: 0, high: 1 }, initializer: "xavier" },
  pieces: [
    {
      value(z) {
        const e = exp(-Math.abs(z));
        return z >= 0 ? 1 / (1 + e) : e / (1 + e);
      },
      derivative: (_z, a) => a * (1 - a),
    },
  ],
});
