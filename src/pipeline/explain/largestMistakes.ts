import type { Matrix } from "../../array/matrix.js";
import type { Task } from "../../data/dataset.js";
import { predictedClasses } from "../../metrics/predictedClasses.js";
import { exampleLosses } from "./exampleLosses.js";

/**
 * The examples with the largest losses, the worst first: of those that are put in another class, whose true class was called the least
 * probable; or whose number is furthest off.
 *
 * @param P predictions, outputs × examples
 * @param Y targets of the same shape
 * @param options threshold of two classes, default 0.5
 * @returns numbers of examples, from 0
 */
export function largestMistakes(
  P: Matrix,
  Y: Matrix,
  task: Task,
  { most, threshold = 0.5 }: { readonly most: number; readonly threshold?: number | undefined },
): number[] {
  const losses = exampleLosses(P, Y, task);
  const classes = (A: Matrix, limit: number): number[] => (task === "regression" ? [] : predictedClasses(A, limit));
  const [predicted, truth] = [classes(P, threshold), classes(Y, 0.5)];
  const wrong = Array.from(losses.keys()).filter(
    (j) => losses[j] > 0 && (task === "regression" || predicted[j] !== truth[j]),
  );
  return wrong.sort((a, b) => losses[b] - losses[a] || a - b).slice(0, most);
}
