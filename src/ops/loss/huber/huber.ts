import { errorLoss } from "../errorLoss.js";
import { huber as traits } from "./huber.traits.js";

/**
 * Huber's loss: `ℓ = (1/K) Σₖ h(aₖ − yₖ)` over the K output units, with `h(e) = ½ e²` for |e| ≤ δ and `δ (|e| − ½ δ)` beyond;
 * δ > 0, default 1, in the unit of the targets that the network learns.
 *
 * `dA = clip(A − Y, −δ, δ) / K`, `dZ = dA ∘ g'(Z)` for whatever output activation g.
 *
 * Source: Huber 1964, "Robust Estimation of a Location Parameter".
 */
export const huber = errorLoss({
  traits,
  called: "the Huber loss",
  formula: ({ delta }) => `(1/K) clip(A − Y, −${delta}, ${delta})`,
  pieces: ({ delta }) => [
    { to: -delta, value: (e) => delta * (-e - 0.5 * delta), derivative: () => -delta },
    { to: delta, value: (e) => 0.5 * e * e, derivative: (e) => e },
    { value: (e) => delta * (e - 0.5 * delta), derivative: () => delta },
  ],
});
