import { saturationOf } from "../../ops/activation/flatness.js";
import type { Detector } from "../finding.js";
import { fittingStart } from "../fittingStart.js";
import { say } from "../say.js";

/** Share of a hidden layer's units. A saturated output is only sure; hidden units that are saturated pass no gradient on. */
const most = 0.5;

/** Units driven to where their activation levels off. Source: DeepDiagnosis (Wardat et al. 2022). */
export const saturatedUnits: Detector = ({ network, moments }) => {
  const last = moments[moments.length - 1];
  return last.signals.flatMap(({ layer, saturated }) => {
    const { activation } = network.layers[layer - 1];
    // Units at a flat end are dead, which is said as that.
    if (layer === network.layers.length || saturated <= most || activation.traits.dies) return [];
    const { low, high } = saturationOf(activation, activation.numbers(0));
    const ends = { ...(low && { low: low.z }), ...(high && { high: high.z }) };
    const { initializer } = fittingStart(network, layer);
    return [
      {
        symptom: "saturatedUnits",
        layer,
        iteration: last.iteration,
        measured: saturated,
        threshold: most,
        why: say("doctor.why.saturatedUnits", { share: saturated, layer, ...ends }),
        advice: say("doctor.advice.normalizeAndStart", { initializer }),
        patch: { network: { initializer }, normalize: true },
      },
    ];
  });
};
