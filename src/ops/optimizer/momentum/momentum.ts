import { kept, type OptimizerDefinition, weightDecay } from "../optimizer.js";

/**
 * Momentum: `v := β v + (1 − β) dθ`, `θ := θ − α v`.
 *
 * This is the exponentially weighted average of the deep-learning course. Libraries that accumulate `v := β v + dθ`
 * (PyTorch, Keras, after Polyak 1964) take the same path with a learning rate of `α (1 − β)`.
 */
export const momentum = {
  options: {
    momentum: { constraint: { kind: "number", min: 0, below: 1 }, default: 0.9 },
    weightDecay,
  },
  learningRate: 0.01,
  remembers: ["average"],
  update({ theta, dTheta, learningRate, options: { momentum: beta }, state }) {
    const v = kept(state.average);
    for (let k = 0; k < theta.length; k++) {
      v[k] = beta * v[k] + (1 - beta) * dTheta[k];
      theta[k] -= learningRate * v[k];
    }
  },
} as const satisfies OptimizerDefinition;
