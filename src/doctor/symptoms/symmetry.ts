import type { Detector } from "../finding.js";
import { fittingStart } from "../fittingStart.js";
import { say } from "../say.js";

/** Units of one layer that start equal get equal gradients and stay equal: however wide, the layer is one unit. */
export const symmetry: Detector = ({ network, moments }) => {
  const last = moments[moments.length - 1];
  for (const { layer, distinct } of last.signals) {
    const { units } = network.layers[layer - 1];
    if (units > 1 && distinct === 1) {
      const { initializer } = fittingStart(network);
      return [
        {
          symptom: "symmetry",
          layer,
          iteration: last.iteration,
          measured: distinct,
          threshold: 2,
          why: say("doctor.why.symmetry", { units, layer }),
          advice: say("doctor.advice.breakSymmetry", { initializer }),
          patch: { network: { initializer } },
        },
      ];
    }
  }
  return [];
};
