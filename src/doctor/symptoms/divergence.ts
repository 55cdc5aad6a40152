import { clippedTo } from "../clippedTo.js";
import type { Detector } from "../finding.js";
import { say } from "../say.js";

/** Cost at the end over that of logits of 0. */
const most = 3;

/** A cost that is no longer finite, or ends far above where outputs of nothing would be. */
export const divergence: Detector = ({ run, chance, zeroCost, sureOverGuess }) => {
  const last = run.history[run.history.length - 1];
  const ratio = last.dataCost / zeroCost;
  const ended = run.stopped === "nonFinite";
  const threshold = most * sureOverGuess;
  if (!ended && !(ratio > threshold)) return [];
  const rate = run.spec.learningRate;
  const clipNorm = clippedTo({ chance });
  return [
    {
      symptom: "divergence",
      iteration: run.iterations,
      measured: ended ? Number.POSITIVE_INFINITY : ratio,
      threshold,
      why: ended
        ? say("doctor.why.costNotFinite", { step: run.iterations })
        : say("doctor.why.costAboveChance", { times: ratio }),
      advice: say("doctor.advice.divergence", { norm: clipNorm }),
      patch: {
        training: { ...(rate !== undefined && { learningRate: Number((rate / 10).toPrecision(2)) }), clipNorm },
        normalize: true,
      },
    },
  ];
};
