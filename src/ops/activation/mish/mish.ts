import { gated } from "../../../numeric/gated.js";
import { tanhSoftplus, tanhSoftplusDerivative } from "../../../numeric/tanhSoftplus.js";
import { entrywise } from "../activation.js";

/**
 * Mish, `z t(z)` with `t = tanh(log(1 + eᶻ))`; derivative `t(z) + z t'(z)`.
 *
 * Source: Misra 2019, "Mish: a self regularized non-monotonic activation function".
 */
export const mish = entrywise({
  keeps: "input",
  traits: { range: [-0.309, Number.POSITIVE_INFINITY], initializer: "he" },
  pieces: [
    {
      value: (z) => gated(z, tanhSoftplus(z)),
      derivative: (z) => tanhSoftplus(z) + gated(z, tanhSoftplusDerivative(z)),
    },
  ],
});
