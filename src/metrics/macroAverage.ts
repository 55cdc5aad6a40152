import type { Matrix } from "../array/matrix.js";
import { confusionMatrix } from "./confusionMatrix.js";

/** How a class fared against the rest. */
export interface ClassCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

/**
 * Mean of a score over the classes (macro average): every class counts alike, however few examples it has. With two
 * classes it is the score of class 1 alone. A class that neither occurs nor is predicted is left out, as in scikit-learn.
 */
export function macroAverage(P: Matrix, Y: Matrix, threshold: number, score: (counts: ClassCounts) => number): number {
  const confusion = confusionMatrix(P, Y, threshold);
  if (P.rows === 1) return score(countsOf(confusion, 1));
  return macroOf(
    Array.from({ length: confusion.rows }, (_, k) => countsOf(confusion, k)),
    score,
  );
}

/** The mean over the classes that occur or are predicted. */
export function macroOf(classes: readonly ClassCounts[], score: (counts: ClassCounts) => number): number {
  const scores: number[] = [];
  for (const counts of classes) {
    if (counts.truePositives + counts.falsePositives + counts.falseNegatives > 0) scores.push(score(counts));
  }
  return scores.reduce((sum, value) => sum + value, 0) / scores.length;
}

function countsOf(confusion: Matrix, k: number): ClassCounts {
  const truePositives = confusion.get(k, k);
  let occurring = 0;
  let predicted = 0;
  for (let i = 0; i < confusion.rows; i++) {
    occurring += confusion.get(k, i);
    predicted += confusion.get(i, k);
  }
  return {
    truePositives,
    falsePositives: predicted - truePositives,
    falseNegatives: occurring - truePositives,
  };
}

/** The scores of a class that are averaged. */
export const macroScores = {
  precision: ({ truePositives, falsePositives }: ClassCounts) => ratio(truePositives, truePositives + falsePositives),
  recall: ({ truePositives, falseNegatives }: ClassCounts) => ratio(truePositives, truePositives + falseNegatives),
  f1: ({ truePositives, falsePositives, falseNegatives }: ClassCounts) =>
    ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives),
};

/** numerator / denominator, and 0 where there is nothing to divide by, as scikit-learn has it. */
function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? 0 : numerator / denominator;
}
