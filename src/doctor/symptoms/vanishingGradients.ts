import type { Symptom } from "../finding.js";
import { fittingStart } from "../fittingStart.js";

/** ‖dW[1]‖ over the cost, from which on down nothing can be learned in a run of ordinary length. */
const least = 1e-4;

/**
 * Gradients too small to move anything while the cost is still where chance is. Judged with the cost, since gradients vanish
 * at every optimum too. Source: AutoTrainer (Zhang et al. 2021), whose ratio of layers misses networks where all are small.
 */
export const vanishingGradients: Symptom = ({ moments, chance, nothingLearned, network }) => {
  if (!nothingLearned || network.layers.length < 2) return [];
  const start = moments[0];
  const first = start.signals[0].gradient.norm / chance;
  if (!(first < least)) return [];
  const { initializer, label, activation } = fittingStart(network);
  return [
    {
      symptom: "vanishing gradients",
      layer: 1,
      iteration: start.iteration,
      measured: first,
      threshold: least,
      why: `the gradient of layer 1 is ${first === 0 ? 0 : first.toExponential(1)} of the cost at the start, so its weights stay where they are`,
      advice: `${label} initialization, which fits ${activation}; or fewer layers`,
      patch: { network: { initializer } },
    },
  ];
};
