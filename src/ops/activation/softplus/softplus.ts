import { sigmoid } from "../../../numeric/sigmoid.js";
import { softplus as smooth } from "../../../numeric/softplus.js";
import { entrywise } from "../activation.js";

/**
 * Softplus `log(1 + eᶻ)`, a smooth ReLU; its derivative is the logistic function.
 *
 * Source: Dugas, Bengio, Bélisle, Nadeau & Garcia 2001, "Incorporating second-order functional knowledge".
 */
export const softplus = entrywise({
  keeps: "input",
  traits: { range: [0, Number.POSITIVE_INFINITY], saturates: { low: 0 }, initializer: "he" },
  pieces: [{ value: smooth, derivative: sigmoid }],
});
