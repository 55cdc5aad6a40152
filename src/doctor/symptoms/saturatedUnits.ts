import type { Symptom } from "../finding.js";

/** Share of a hidden layer's units. A saturated output is only sure; hidden units that are saturated pass no gradient on. */
const most = 0.5;

/** Sigmoid or tanh units driven so far that their slope is nothing. Source: DeepDiagnosis (Wardat et al. 2022). */
export const saturatedUnits: Symptom = ({ network, moments }) => {
  const last = moments[moments.length - 1];
  return last.signals.flatMap(({ layer, saturated }) => {
    if (layer === network.layers.length || saturated <= most) return [];
    return [
      {
        symptom: "saturated units",
        layer,
        iteration: last.iteration,
        measured: saturated,
        threshold: most,
        why: `${Math.round(100 * saturated)} % of the units of layer ${layer} have |z| ≥ 5 for most examples, where their slope is almost 0`,
        advice: "normalize the inputs, and start from Xavier",
        patch: { network: { initializer: "xavier" }, normalize: true },
      },
    ];
  });
};
