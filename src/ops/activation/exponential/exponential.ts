import { exp } from "../../../numeric/exp.js";
import { entrywise } from "../activation.js";

/**
 * The exponential `eᶻ`, its own derivative, for outputs that are rates, as under the Poisson loss: their logarithm is linear. In
 * a hidden layer values would explode.
 */
export const exponential = entrywise({
  keeps: "output",
  traits: { range: [0, Number.POSITIVE_INFINITY], saturates: { low: 0 }, lastOnly: true, initializer: "xavier" },
  pieces: [{ value: exp, derivative: (_z, a) => a }],
});
