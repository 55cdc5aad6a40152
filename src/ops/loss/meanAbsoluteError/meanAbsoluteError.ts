import { errorLoss } from "../errorLoss.js";
import { meanAbsoluteError as traits } from "./meanAbsoluteError.traits.js";

/**
 * Mean absolute error: `ℓ = (1/K) Σₖ |aₖ − yₖ|` over the K output units. Of all answers that do not look at the input, the
 * median of the targets costs least.
 *
 * `dA = sign(A − Y) / K`, 0 where A = Y; `dZ = dA ∘ g'(Z)` for whatever output activation g.
 */
export const meanAbsoluteError = errorLoss({
  traits,
  called: "the mean absolute error",
  formula: () => "(1/K) sign(A − Y)",
  pieces: () => [
    { to: -Number.MIN_VALUE, value: (e) => -e, derivative: () => -1 },
    { to: 0, value: () => 0, derivative: () => 0 },
    { value: (e) => e, derivative: () => 1 },
  ],
  guess: ({ quantile }) => quantile(0.5),
});
