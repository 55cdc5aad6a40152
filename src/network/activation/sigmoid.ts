import { exp } from "../../numeric/exp.js";
import { entrywise } from "./activation.js";

/**
 * The logistic function `σ(z) = 1 / (1 + e⁻ᶻ)`, with `σ' = a (1 − a)`.
 *
 * e is raised to −|z| only, so that no z overflows.
 */
export const sigmoid = entrywise(
  "sigmoid",
  (z) => {
    const e = exp(-Math.abs(z));
    return z >= 0 ? 1 / (1 + e) : e / (1 + e);
  },
  (_z, a) => a * (1 - a),
);
