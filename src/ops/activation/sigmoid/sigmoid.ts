import { sigmoid as logistic } from "../../../numeric/sigmoid.js";
import { entrywise } from "../activation.js";

/** The logistic function `σ(z) = 1 / (1 + e⁻ᶻ)`, with `σ' = a (1 − a)`. */
export const sigmoid = entrywise({
  keeps: "output",
  traits: { range: [0, 1], saturates: { low: 0, high: 1 }, initializer: "xavier" },
  pieces: [{ value: logistic, derivative: (_z, a) => a * (1 - a) }],
});
