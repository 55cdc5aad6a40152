import type { Matrix } from "../array/matrix.js";
import { requireBinary } from "./requireLabels.js";

/** What is caught as the threshold comes down: entry k counts the examples whose score is at least `thresholds[k]`. */
export interface RankedCounts {
  /** The distinct scores, falling. */
  readonly thresholds: readonly number[];
  readonly truePositives: readonly number[];
  readonly falsePositives: readonly number[];
  /** Examples of class 1. */
  readonly positives: number;
  /** Examples of class 0. */
  readonly negatives: number;
}

/** Ranks the examples by score. Equal scores enter together: no order among them is invented. */
export function rankedCounts(operation: string, P: Matrix, Y: Matrix): RankedCounts {
  requireBinary(operation, P, Y);
  const scores = P.data;
  const labels = Y.data;
  const order = Uint32Array.from(scores.keys()).sort((a, b) =>
    scores[a] < scores[b] ? 1 : scores[a] > scores[b] ? -1 : 0,
  );
  const thresholds: number[] = [];
  const truePositives: number[] = [];
  const falsePositives: number[] = [];
  let positives = 0;
  let negatives = 0;
  for (const [rank, j] of order.entries()) {
    if (labels[j] === 1) positives += 1;
    else negatives += 1;
    const tied = rank + 1 < order.length && scores[order[rank + 1]] === scores[j];
    if (tied) continue;
    thresholds.push(scores[j]);
    truePositives.push(positives);
    falsePositives.push(negatives);
  }
  return { thresholds, truePositives, falsePositives, positives, negatives };
}
