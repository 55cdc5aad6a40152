import { forward } from "../../network/forward.js";
import type { Symptom } from "../finding.js";

/**
 * Share of a layer's units above which it is called dead: healthy layers have units that are 0 for most examples, not for all,
 * and a small network may learn well with half of its units dead. Source: TheDeepChecker (Ben Braiek & Khomh 2022).
 */
const most = 0.5;
/** Part of the cost of chance below which the run has learned well all the same. */
const learnedWell = 0.5;
/** Share that is too much whatever was learned. */
const almostAll = 0.9;

/** ReLU units that answer 0 to every training example get no gradient and never come back. */
export const deadUnits: Symptom = ({ network, data, run, chance }) => {
  if (!network.layers.some(({ activation }) => activation.name === "relu")) return [];
  const { A } = forward(network, data.X).cache;
  const threshold = run.history[run.history.length - 1].dataCost < learnedWell * chance ? almostAll : most;
  return network.layers.flatMap(({ activation, units }, index) => {
    if (activation.name !== "relu") return [];
    const layer = index + 1;
    let dead = 0;
    for (let i = 0; i < units; i++) if (A[layer].rowData(i).every((a) => a === 0)) dead++;
    if (dead / units <= threshold) return [];
    return [
      {
        symptom: "dead units",
        layer,
        measured: dead / units,
        threshold,
        why: `${dead} of ${units} units of layer ${layer} are 0 for every training example, and a ReLU at 0 learns nothing`,
        advice: "a lower learning rate, He initialization, or leaky ReLU",
      },
    ];
  });
};
