import type { Activation } from "../../network/activation.js";
import { scalarOf } from "../../ops/activation/activation.js";

/** Changes of z up to here are small enough for the series below: what they leave out is beneath a rounding. */
const small = 2 ** -6;

/** g(z), where g(at) = a is known. */
export type NearbyValue = (z: number, at: number, a: number) => number;

/**
 * The values of a hidden layer's activation near known ones. For a small d = z − at the addition theorems give them in a
 * few products, to a rounding, at a tenth of the time of an exponential:
 * `tanh(at + d) = (a + t) / (1 + a t)`, t = tanh d; `σ(at + d) = a / (a + (1 − a) e⁻ᵈ)`.
 */
export function nearbyValueOf(activation: Activation): NearbyValue {
  // Hidden layers have no other activations than those that act on each entry alone.
  const { value } = scalarOf({ pieces: activation.pieces ?? [] }, activation.options);
  switch (activation.name) {
    case "tanh":
      return (z, at, a) => {
        const d = z - at;
        if (!(Math.abs(d) < small)) return value(z);
        const d2 = d * d;
        const t = d - d * d2 * (1 / 3 - d2 * (2 / 15 - d2 * (17 / 315 - d2 * (62 / 2835))));
        return (a + t) / (1 + a * t);
      };
    case "sigmoid":
      return (z, at, a) => {
        const d = z - at;
        if (!(Math.abs(d) < small)) return value(z);
        // e⁻ᵈ − 1
        const e = d * (-1 + d * (1 / 2 - d * (1 / 6 - d * (1 / 24 - d * (1 / 120 - d * (1 / 720 - d / 5040))))));
        return a / (1 + (1 - a) * e);
      };
    default:
      return value;
  }
}
