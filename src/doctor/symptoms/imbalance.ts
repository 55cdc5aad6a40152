import type { Detector } from "../finding.js";
import { say } from "../say.js";

/** Examples of the largest class over those of the smallest. */
const most = 10;

/** Classes so uneven that accuracy says little. Source: Saito & Rehmsmeier 2015 on precision-recall curves. */
export const imbalance: Detector = ({ network, data: { Y }, run }) => {
  if (network.loss.task === "regression" || run.spec.classWeight !== undefined) return [];
  const ones = Array.from({ length: Y.rows }, (_, k) => Array.from(Y.rowData(k)).reduce((sum, y) => sum + y, 0));
  const counts = Y.rows === 1 ? [Y.columns - ones[0], ones[0]] : ones;
  const ratio = Math.max(...counts) / Math.min(...counts);
  if (!(ratio > most)) return [];
  return [
    {
      symptom: "imbalance",
      measured: ratio,
      threshold: most,
      why: say("doctor.why.imbalance", { times: ratio }),
      advice: say("doctor.advice.imbalance"),
    },
  ];
};
