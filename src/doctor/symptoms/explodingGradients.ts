import type { Symptom } from "../finding.js";
import { fittingStart } from "../fittingStart.js";

/** ‖dW‖ of a layer over the cost of chance, at the start. */
const most = 1e3;

/** Gradients so large at the start that any usual step throws the weights away. Source: TheDeepChecker (Ben Braiek & Khomh 2022). */
export const explodingGradients: Symptom = ({ network, moments, chance }) => {
  const start = moments[0];
  const worst = start.signals.reduce((a, b) => (b.gradient.norm > a.gradient.norm ? b : a));
  const size = worst.gradient.norm / chance;
  if (!(size > most)) return [];
  const { initializer, label } = fittingStart(network);
  return [
    {
      symptom: "exploding gradients",
      layer: worst.layer,
      iteration: start.iteration,
      measured: size,
      threshold: most,
      why: `the gradient of layer ${worst.layer} is ${size.toExponential(1)} times the cost of chance at the start`,
      advice: `a smaller start (${label}, gain 1), normalized inputs`,
      patch: { network: { initializer }, normalize: true },
    },
  ];
};
