import { exp } from "../../../numeric/exp.js";
import { entrywise } from "../activation.js";

/** The exponential `eᶻ`, its own derivative: of outputs that are rates, as of the Poisson loss, whose logarithm is linear. */
export const exponential = entrywise({
  keeps: "output",
  traits: { range: [0, Number.POSITIVE_INFINITY], saturates: { low: 0 }, initializer: "xavier" },
  pieces: [{ value: exp, derivative: (_z, a) => a }],
});
