import type { Detector } from "../finding.js";
import { say } from "../say.js";

/** Part of the cost of chance by which the whole run has lowered it, at least. */
const least = 0.05;

/** Nothing was learned, and no other symptom says why. */
export const flatCost: Detector = ({ run, chance, remaining, nothingLearned }) => {
  if (!nothingLearned || run.stopped === "nonFinite") return [];
  const last = run.history[run.history.length - 1];
  const drop = 1 - remaining;
  return [
    {
      symptom: "nothingLearned",
      iteration: last.iteration,
      measured: drop,
      threshold: least,
      why: say("doctor.why.nothingLearned", { steps: run.iterations, cost: last.dataCost, chance }),
      advice: say("doctor.advice.moreSteps"),
    },
  ];
};
