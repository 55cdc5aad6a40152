import type { Symptom } from "../finding.js";
import { fittingStart } from "../fittingStart.js";

/** Units of one layer that start equal get equal gradients and stay equal: however wide, the layer is one unit. */
export const symmetry: Symptom = ({ network, moments }) => {
  const last = moments[moments.length - 1];
  for (const { layer, distinct } of last.signals) {
    const { units } = network.layers[layer - 1];
    if (units > 1 && distinct === 1) {
      const { initializer, label } = fittingStart(network);
      return [
        {
          symptom: "symmetry",
          layer,
          iteration: last.iteration,
          measured: distinct,
          threshold: 2,
          why: `all ${units} units of layer ${layer} are equal, so they learn the same: the layer is worth one unit`,
          advice: `start from ${label} instead of zeros or a constant`,
          patch: { network: { initializer } },
        },
      ];
    }
  }
  return [];
};
