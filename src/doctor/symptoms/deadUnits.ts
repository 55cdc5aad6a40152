import type { Activation } from "../../network/activation.js";
import { forward } from "../../network/forward.js";
import { isPenalized } from "../../network/penalty.js";
import { flatValues } from "../../ops/activation/flatness.js";
import type { Detector, Finding } from "../finding.js";
import { fittingStart } from "../fittingStart.js";
import { say } from "../say.js";

/**
 * Share of a layer's units above which it is called dead: healthy layers have units that are 0 for most examples, not for all,
 * and a small network may learn well with half of its units dead. Source: TheDeepChecker (Ben Braiek & Khomh 2022).
 */
const most = 0.5;
/** Part of the cost of chance below which the run has learned well all the same. */
const learnedWell = 0.5;
/** Share that is too much whatever was learned, or may still be. */
const almostAll = 0.9;

/** Examples looked at together: in a healthy layer the first of them show that enough of its units live. */
const block = 64;

/**
 * Units on a flat half-line of their activation for every training example, as ReLUs that answer 0, get no gradient and never
 * come back.
 */
export const deadUnits: Detector = ({ network, data, run, moments, remaining, ended }) => {
  const mayBeWell = !ended || remaining < learnedWell;
  // An L1 that leaves a few units of many does what it is for.
  if (mayBeWell && isPenalized({ l1: run.spec.l1 ?? 0 })) return [];
  const threshold = mayBeWell ? almostAll : most;
  // While the run goes on, the signals are of these very weights: units that live in their sample need no second look.
  const sampled = ended ? undefined : moments[moments.length - 1].signals;
  // Layers that may still be found to have too many.
  let suspects = network.layers.flatMap(({ activation, units }, index) =>
    activation.traits.dies && (sampled === undefined || sampled[index].dead > threshold)
      ? [{ layer: index + 1, units, silent: Array.from({ length: units }, (_, i) => i) }]
      : [],
  );
  for (let from = 0; from < data.X.columns && suspects.length > 0; from += block) {
    const columns = Array.from({ length: Math.min(block, data.X.columns - from) }, (_, j) => from + j);
    const { A } = forward(network, data.X.selectColumns(columns)).cache;
    suspects = suspects
      .map(({ layer, units, silent }) => ({
        layer,
        units,
        silent: silent.filter((i) => isFlat(network.layers[layer - 1].activation, i, A[layer].rowData(i))),
      }))
      .filter(({ units, silent }) => silent.length / units > threshold);
  }
  return suspects.map(({ layer, units, silent: { length: dead } }): Finding => {
    const { activation } = network.layers[layer - 1];
    const { initializer } = fittingStart(network, layer);
    const flat = flatValues(activation, activation.numbers(0)).map(String);
    return {
      symptom: "deadUnits",
      layer,
      measured: dead / units,
      threshold,
      why: say("doctor.why.deadUnits", { dead, units, layer, activation: activation.name, flat }),
      advice: say("doctor.advice.deadUnits", { initializer, activation: activation.name }),
    };
  });
};

/** Whether unit i, whose outputs these are, is on a flat half-line for each of them. */
function isFlat(activation: Activation, i: number, outputs: ArrayLike<number>): boolean {
  const flat = flatValues(activation, activation.numbers(i));
  return Array.from(outputs).every((a) => flat.includes(a));
}
