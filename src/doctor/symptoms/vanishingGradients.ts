import type { Detector } from "../finding.js";
import { fittingStart } from "../fittingStart.js";
import { say } from "../say.js";

/** ‖dW[1]‖ over the cost, from which on down nothing can be learned in a run of ordinary length. */
const least = 1e-4;

/**
 * Gradients too small to move anything while the cost is still where chance is. Judged with the cost, since gradients vanish
 * at every optimum too. Source: AutoTrainer (Zhang et al. 2021), whose ratio of layers misses networks where all are small.
 */
export const vanishingGradients: Detector = ({ moments, chance, nothingLearned, network }) => {
  if (!nothingLearned || network.layers.length < 2) return [];
  const start = moments[0];
  const first = start.signals[0].gradient.norm / chance;
  if (!(first < least)) return [];
  const { initializer, activation } = fittingStart(network);
  return [
    {
      symptom: "vanishingGradients",
      layer: 1,
      iteration: start.iteration,
      measured: first,
      threshold: least,
      why: say("doctor.why.vanishingGradients", { size: first }),
      advice: say("doctor.advice.fewerLayers", { initializer, activation }),
      patch: { network: { initializer } },
    },
  ];
};
