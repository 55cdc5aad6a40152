import { tanh as hyperbolic } from "../../../numeric/tanh.js";
import { entrywise } from "../activation.js";

/** The hyperbolic tangent, with `tanh' = 1 − a²`. */
export const tanh = entrywise({
  keeps: "output",
  traits: { range: [-1, 1], saturates: { low: -1, high: 1 }, initializer: "xavier" },
  pieces: [{ value: hyperbolic, derivative: (_z, a) => 1 - a * a }],
});
