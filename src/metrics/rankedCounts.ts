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
  // Rising; of typed arrays, numbers are sorted by their value.
  const [negatives, positives] = [0, 1].map((label) => P.data.filter((_, j) => Y.data[j] === label).sort());
  const thresholds: number[] = [];
  const truePositives: number[] = [];
  const falsePositives: number[] = [];
  let [n, p] = [negatives.length, positives.length]; // so many are left below
  while (n > 0 || p > 0) {
    const threshold = Math.max(n > 0 ? negatives[n - 1] : -Infinity, p > 0 ? positives[p - 1] : -Infinity);
    while (n > 0 && negatives[n - 1] === threshold) n--;
    while (p > 0 && positives[p - 1] === threshold) p--;
    thresholds.push(threshold);
    truePositives.push(positives.length - p);
    falsePositives.push(negatives.length - n);
  }
  return {
    ...{ thresholds, truePositives, falsePositives },
    ...{ positives: positives.length, negatives: negatives.length },
  };
}
