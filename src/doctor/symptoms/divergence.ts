import type { Symptom } from "../finding.js";

/** Cost at the end over the cost of chance. */
const most = 3;

/** A cost that is no longer finite, or ends far above where an answer without looking would be. */
export const divergence: Symptom = ({ run, chance }) => {
  const last = run.history[run.history.length - 1];
  const ratio = last.dataCost / chance;
  const ended = run.stopped === "nonFinite";
  if (!ended && !(ratio > most)) return [];
  const rate = run.spec.learningRate;
  return [
    {
      symptom: "divergence",
      iteration: run.iterations,
      measured: ended ? Number.POSITIVE_INFINITY : ratio,
      threshold: most,
      why: ended
        ? `the cost was no longer finite after step ${run.iterations}`
        : `the cost is ${ratio < 1000 ? ratio.toFixed(1) : ratio.toExponential(1)} times that of an answer which does not look at its input`,
      advice: "a smaller learning rate, normalized inputs, a smaller start",
      patch: {
        ...(rate !== undefined && { training: { learningRate: Number((rate / 10).toPrecision(2)) } }),
        normalize: true,
      },
    },
  ];
};
