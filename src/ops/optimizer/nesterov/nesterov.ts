import { kept, type OptimizerDefinition, weightDecay } from "../optimizer.js";

/**
 * Nesterov's momentum: `v := β v + (1 − β) dθ`, `θ := θ − α (β v + (1 − β) dθ)`: momentum that looks one step ahead.
 *
 * As `momentum` does, v averages the gradients. Libraries that accumulate `v := β v + dθ` (PyTorch, Keras) take the same path
 * with a learning rate of `α (1 − β)`.
 *
 * Sources: Nesterov 1983; in this form, with dθ taken at the point ahead, Sutskever et al. 2013 and Bengio et al. 2013.
 */
export const nesterov = {
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
      theta[k] -= learningRate * (beta * v[k] + (1 - beta) * dTheta[k]);
    }
  },
} as const satisfies OptimizerDefinition;
