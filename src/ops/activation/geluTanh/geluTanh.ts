import { gated } from "../../../numeric/gated.js";
import { sigmoid, sigmoidDerivative } from "../../../numeric/sigmoid.js";
import { entrywise } from "../activation.js";

/**
 * The Gaussian error linear unit in its tanh form, `½ z (1 + tanh u)` with `u = √(2/π) (z + 0.044715 z³)`; written as
 * `z σ(2u)`, which keeps the digits that `1 + tanh u` loses in the left tail. Derivative `σ(2u) + z σ'(2u) 2u'`.
 *
 * Source: Hendrycks & Gimpel 2016, "Gaussian error linear units".
 */
export const geluTanh = entrywise({
  keeps: "input",
  traits: { range: [-0.171, Number.POSITIVE_INFINITY], initializer: "he" },
  pieces: [
    {
      value: (z) => gated(z, sigmoid(twiceU(z))),
      derivative(z) {
        const v = twiceU(z);
        const slope = 2 * root * (1 + 3 * cubic * z * z);
        return sigmoid(v) + gated(z * slope, sigmoidDerivative(v));
      },
    },
  ],
});

/** √(2/π) */
const root = 0.7978845608028654;
const cubic = 0.044715;

function twiceU(z: number): number {
  return 2 * root * (z + cubic * z * z * z);
}
