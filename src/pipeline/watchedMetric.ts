import type { Task } from "../data/dataset.js";
import type { TrackedMetric } from "../training/spec.js";
import type { TrainingTemplate } from "./configuration.js";
import type { ClassCount } from "./prepare.js";

/** From here on, accuracy looks good whatever a model does about the rare class. */
export const uneven = 10;

/**
 * What early stopping watches: the cost; but where classes are uneven, or weighted, the cost on the validation set is not
 * what training minimizes and says little of the rare class: then PR-AUC, or F1 for several classes.
 */
export function watchedMetric(
  { classWeight = "none" }: Pick<TrainingTemplate, "classWeight">,
  task: Task,
  classes: readonly ClassCount[],
): TrackedMetric {
  if (task === "regression" || (classWeight === "none" && unevenness(classes) < uneven)) return "cost";
  return task === "binary" ? "prAuc" : "f1";
}

/** How many examples the largest class has for one of the smallest. */
export function unevenness(classes: readonly ClassCount[]): number {
  const counts = classes.map(({ count }) => count);
  return Math.max(...counts) / Math.min(...counts);
}
