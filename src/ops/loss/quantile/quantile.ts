import { errorLoss } from "../errorLoss.js";
import { quantile as traits } from "./quantile.traits.js";

/**
 * The quantile loss, or pinball loss: `ℓ = (1/K) Σₖ h(aₖ − yₖ)` over the K output units, with `h(e) = −τ e` for e < 0, an answer
 * that is too low, and `(1 − τ) e` for e > 0. It learns the τ-quantile of the targets; 0 < τ < 1, default ½: half the mean
 * absolute error, whose answer is the median.
 *
 * `dA = ([A > Y] − τ) / K`, 0 where A = Y; `dZ = dA ∘ g'(Z)` for whatever output activation g.
 *
 * Source: Koenker & Bassett 1978, "Regression Quantiles".
 */
export const quantile = errorLoss({
  traits,
  called: "the quantile loss",
  formula: ({ tau }) => `(1/K) ([A > Y] − ${tau})`,
  pieces: ({ tau }) => [
    { to: -Number.MIN_VALUE, value: (e) => -tau * e, derivative: () => -tau },
    { to: 0, value: () => 0, derivative: () => 0 },
    { value: (e) => (1 - tau) * e, derivative: () => 1 - tau },
  ],
  guess: (targets, { tau }) => targets.quantile(tau),
});
