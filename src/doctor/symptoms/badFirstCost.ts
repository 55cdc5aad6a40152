import type { Symptom } from "../finding.js";
import { fittingStart } from "../fittingStart.js";

/** Cost before the first step over that of even odds: ReLU networks on inputs that are not normalized begin at 3 to 10, and learn. */
const most = 30;

/** A start that is sure of wrong answers: its first steps only undo it. Source: CS231n, "look for correct loss at chance performance". */
export const badFirstCost: Symptom = ({ network, run: { history }, evenOdds }) => {
  const [first] = history;
  const ratio = first.dataCost / evenOdds;
  if (first.iteration !== 0 || !(ratio > most)) return [];
  const { initializer, label } = fittingStart(network);
  return [
    {
      symptom: "bad first cost",
      iteration: 0,
      measured: ratio,
      threshold: most,
      why: `before any training the cost is ${ratio.toPrecision(3)} times that of a guess`,
      advice: `a smaller start (${label}, gain 1), normalized inputs`,
      patch: { network: { initializer }, normalize: true },
    },
  ];
};
