import type { Matrix } from "../../array/matrix.js";
import { forward } from "../../network/forward.js";
import type { Network } from "../../network/network.js";
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
  const threshold = run.history[run.history.length - 1].dataCost < learnedWell * chance ? almostAll : most;
  const silent = silentUnits(network, data.X, threshold);
  return network.layers.flatMap(({ units }, index) => {
    const layer = index + 1;
    const dead = silent[index];
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

/** Examples a pass. */
const chunk = 1024;

/**
 * ReLU units of each layer that are 0 for every example, exact where they are more than this share of a layer. Most units
 * show life among the first examples, so seldom have all to be looked at.
 */
function silentUnits(network: Network, X: Matrix, share: number): number[] {
  const { layers } = network;
  const silent = layers.map(
    ({ activation, units }) => new Set(activation.name === "relu" ? Array.from({ length: units }, (_, i) => i) : []),
  );
  const tooMany = (): boolean => silent.some(({ size }, l) => size / layers[l].units > share);
  for (let from = 0; from < X.columns && tooMany(); from += chunk) {
    const examples = Array.from({ length: Math.min(chunk, X.columns - from) }, (_, j) => from + j);
    const { A } = forward(network, X.selectColumns(examples)).cache;
    for (const [l, units] of silent.entries()) {
      for (const i of units) if (A[l + 1].rowData(i).some((a) => a !== 0)) units.delete(i);
    }
  }
  return silent.map(({ size }) => size);
}
