import { gated } from "../../../numeric/gated.js";
import { sigmoid, sigmoidDerivative } from "../../../numeric/sigmoid.js";
import { entrywise } from "../activation.js";

/**
 * The sigmoid linear unit `z σ(z)`, also called swish; derivative `σ(z) + z σ'(z)`.
 *
 * Sources: Elfwing, Uchibe & Doya 2018, "Sigmoid-weighted linear units"; Ramachandran, Zoph & Le 2017, "Searching for
 * activation functions".
 */
export const silu = entrywise({
  keeps: "input",
  traits: { range: [-0.2785, Number.POSITIVE_INFINITY], initializer: "he" },
  pieces: [{ value: (z) => gated(z, sigmoid(z)), derivative: (z) => sigmoid(z) + gated(z, sigmoidDerivative(z)) }],
});
