import { type OptimizerDefinition, weightDecay } from "../optimizer.js";

/** Gradient descent: `θ := θ − α dθ`. */
export const gradientDescent = {
  options: { weightDecay },
  learningRate: 0.01,
  remembers: [],
  update({ theta, dTheta, learningRate }) {
    for (let k = 0; k < theta.length; k++) theta[k] -= learningRate * dTheta[k];
  },
} as const satisfies OptimizerDefinition;
