import { clippedTo } from "../clippedTo.js";
import type { Detector } from "../finding.js";
import { fittingStart } from "../fittingStart.js";
import { say } from "../say.js";

/** ‖dW‖ of a layer over the cost of logits of 0, at the start. */
const most = 1e3;

/** Gradients so large at the start that any usual step throws the weights away. Source: TheDeepChecker (Ben Braiek & Khomh 2022). */
export const explodingGradients: Detector = ({ network, moments, chance, zeroCost, sureOverGuess }) => {
  const clipNorm = clippedTo({ chance });
  const start = moments[0];
  const worst = start.signals.reduce((a, b) => (b.gradient.norm > a.gradient.norm ? b : a));
  const size = worst.gradient.norm / zeroCost;
  const threshold = most * sureOverGuess;
  if (!(size > threshold)) return [];
  const { initializer } = fittingStart(network);
  return [
    {
      symptom: "explodingGradients",
      layer: worst.layer,
      iteration: start.iteration,
      measured: size,
      threshold,
      why: say("doctor.why.explodingGradients", { layer: worst.layer, size }),
      advice: say("doctor.advice.explodingGradients", { initializer, norm: clipNorm }),
      patch: { network: { initializer }, training: { clipNorm }, normalize: true },
    },
  ];
};
