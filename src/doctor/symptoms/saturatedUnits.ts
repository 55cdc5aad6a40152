import type { Activation } from "../../network/activation.js";
import { saturationOf } from "../../ops/activation/flatness.js";
import type { Symptom } from "../finding.js";
import { fittingStart } from "../fittingStart.js";

/** Share of a hidden layer's units. A saturated output is only sure; hidden units that are saturated pass no gradient on. */
const most = 0.5;

/** Units driven to where their activation levels off. Source: DeepDiagnosis (Wardat et al. 2022). */
export const saturatedUnits: Symptom = ({ network, moments }) => {
  const last = moments[moments.length - 1];
  return last.signals.flatMap(({ layer, saturated }) => {
    const { activation } = network.layers[layer - 1];
    // Units at a flat end are dead, which is said as that.
    if (layer === network.layers.length || saturated <= most || activation.traits.dies) return [];
    const { initializer, label } = fittingStart(network, layer);
    return [
      {
        symptom: "saturated units",
        layer,
        iteration: last.iteration,
        measured: saturated,
        threshold: most,
        why: `${Math.round(100 * saturated)} % of the units of layer ${layer} have ${whereSaturated(activation)}`,
        advice: `normalize the inputs, and start from ${label}`,
        patch: { network: { initializer }, normalize: true },
      },
    ];
  });
};

/** Such as `|z| ≥ 5 for most examples, where their slope is almost 0`. */
function whereSaturated(activation: Activation): string {
  const { low, high } = saturationOf(activation, activation.numbers(0));
  const below = low && `z ≤ ${formatEnd(low.z)}`;
  const above = high && `z ≥ ${formatEnd(high.z)}`;
  const both = low !== undefined && low.z === -(high?.z ?? Number.NaN);
  const place = both ? `|z| ≥ ${formatEnd(-low.z)}` : [below, above].flatMap((end) => end ?? []).join(" or ");
  const examples = low && high ? "for most examples" : "for every example";
  return `${place} ${examples}, where their slope is almost 0`;
}

const formatEnd = (z: number): string => String(z).replace("-", "−");
