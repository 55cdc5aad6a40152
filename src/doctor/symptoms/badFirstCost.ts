import type { Detector } from "../finding.js";
import { fittingStart } from "../fittingStart.js";
import { say } from "../say.js";

/** Cost before the first step over that of logits of 0: ReLU networks on inputs that are not normalized begin at 3 to 10, and learn. */
const most = 30;

/** A start that is sure of wrong answers: its first steps only undo it. Source: CS231n, "look for correct loss at chance performance". */
export const badFirstCost: Detector = ({ network, run: { history }, zeroCost, sureOverGuess }) => {
  const [first] = history;
  const ratio = first.dataCost / zeroCost;
  const threshold = most * sureOverGuess;
  if (first.iteration !== 0 || !(ratio > threshold)) return [];
  const { initializer } = fittingStart(network);
  return [
    {
      symptom: "badFirstCost",
      iteration: 0,
      measured: ratio,
      threshold,
      why: say("doctor.why.badFirstCost", { times: ratio }),
      advice: say("doctor.advice.smallerStart", { initializer }),
      patch: { network: { initializer }, normalize: true },
    },
  ];
};
