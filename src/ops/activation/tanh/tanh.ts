import { tanh as hyperbolic } from "../../../numeric/tanh.js";
import { entrywise } from "../activation.js";

/** The hyperbolic tangent, with `tanh' = 1 − a²`. */
export const tanh = entrywise({
  keeps: "output",
  traits: { range: [-1, 1], saturates: { low: -1, high: 1 }, initializer: "xavier" },
  pieces: [
    {
      value: hyperbolic,
      derivative: (_z, a) => 1 - a * a,
      // tanh(at + d) = (a + t) / (1 + a t), with t = tanh d from its series: what that leaves out is beneath a rounding.
      near(z, at, a) {
        const d = z - at;
        if (!(Math.abs(d) < 2 ** -6)) return hyperbolic(z);
        const d2 = d * d;
        const t = d - d * d2 * (1 / 3 - d2 * (2 / 15 - d2 * (17 / 315 - d2 * (62 / 2835))));
        return (a + t) / (1 + a * t);
      },
    },
  ],
});
