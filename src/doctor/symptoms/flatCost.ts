import type { Symptom } from "../finding.js";

/** Part of the cost of chance by which the whole run has lowered it, at least. */
const least = 0.05;

/** Nothing was learned, and no other symptom says why. */
export const flatCost: Symptom = ({ run, chance, nothingLearned }) => {
  if (!nothingLearned || run.stopped === "nonFinite") return [];
  const last = run.history[run.history.length - 1];
  const drop = 1 - last.dataCost / chance;
  return [
    {
      symptom: "nothing learned",
      iteration: last.iteration,
      measured: drop,
      threshold: least,
      why: `after ${run.iterations} steps the cost is ${last.dataCost.toPrecision(3)}; an answer that does not look at its input costs ${chance.toPrecision(3)}`,
      advice: "a larger learning rate, more steps, or features that say something about the target",
    },
  ];
};
