import { sigmoid as logistic } from "../../../numeric/sigmoid.js";
import { entrywise } from "../activation.js";

/** The logistic function `σ(z) = 1 / (1 + e⁻ᶻ)`, with `σ' = a (1 − a)`. */
export const sigmoid = entrywise({
  keeps: "output",
  traits: { range: [0, 1], saturates: { low: 0, high: 1 }, initializer: "xavier" },
  pieces: [
    {
      value: logistic,
      derivative: (_z, a) => a * (1 - a),
      // σ(at + d) = a / (a + (1 − a) e⁻ᵈ), with e⁻ᵈ − 1 from its series: what that leaves out is beneath a rounding.
      near(z, at, a) {
        const d = z - at;
        if (!(Math.abs(d) < 2 ** -6)) return logistic(z);
        const e = d * (-1 + d * (1 / 2 - d * (1 / 6 - d * (1 / 24 - d * (1 / 120 - d * (1 / 720 - d / 5040))))));
        return a / (1 + (1 - a) * e);
      },
    },
  ],
});
