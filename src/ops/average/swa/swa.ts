import type { AverageDefinition } from "../average.js";

/**
 * Stochastic weight averaging: the mean of the weights at the end of each epoch, from the share `from` of the run on. A full
 * batch is an epoch.
 *
 * Source: Izmailov et al. 2018, "Averaging Weights Leads to Wider Optima and Better Generalization".
 */
export const swa = {
  options: {
    from: { constraint: { kind: "number", min: 0, below: 1 }, default: 0.75 },
  },
  plan: ({ from }, { iterations, stepsPerEpoch }) => ({ decay: 1, from: from * iterations, every: stepsPerEpoch }),
} as const satisfies AverageDefinition;
