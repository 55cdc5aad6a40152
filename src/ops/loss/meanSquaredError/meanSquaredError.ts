import { errorLoss } from "../errorLoss.js";
import { meanSquaredError as traits } from "./meanSquaredError.traits.js";

/**
 * Mean squared error: `ℓ = (1/K) Σₖ (aₖ − yₖ)²` over the K output units (no factor ½, as in scikit-learn's metric, Keras
 * and PyTorch).
 *
 * `dA = 2 (A − Y) / K`, `dZ = dA ∘ g'(Z)` for whatever output activation g.
 */
export const meanSquaredError = errorLoss({
  traits,
  called: "mean squared error",
  formula: () => "(2/K) (A − Y)",
  pieces: () => [{ value: (e) => e * e, derivative: (e) => 2 * e }],
});
