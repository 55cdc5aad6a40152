import type { Matrix } from "../array/matrix.js";
import type { Dataset, Task } from "../data/dataset.js";
import type { Model } from "../formats/model.js";
import { predictRaw } from "../formats/predictModel.js";
import { logLoss } from "../metrics/logLoss.js";
import { macroRocAuc } from "../metrics/macroRocAuc.js";
import { meanAbsoluteError } from "../metrics/meanAbsoluteError.js";
import { metricsOf } from "../training/evaluate.js";
import { predictedCost } from "../training/evaluateMembers.js";
import { networkData } from "./prepare.js";

/** Metrics of one part of the data, by name. */
export type PartMetrics = Readonly<Record<string, number>>;

/** Cost as training sees it; metrics in the unit of the target. Of an ensemble both are those of its mean prediction. */
export function measure(model: Model, part: Dataset): PartMetrics {
  const { network, members = [network], normalizer, targetNormalizer, threshold } = model;
  const { dtype } = network.spec;
  const { P, cost } = predictedCost(members, networkData(part, { normalizer, targetNormalizer, dtype }));
  const inUnits = targetNormalizer === undefined ? P : predictRaw(model, part.X); // (outputs × examples)
  return { cost, ...judged(inUnits, part.Y, network.loss.task, threshold) };
}

/**
 * All that predictions are judged by in the end, in the unit of the target: what training watches, and log loss, the area under the
 * ROC curve of several classes, RMSE and MAE.
 *
 * @param P predictions, outputs × examples
 * @param Y targets of the same shape
 * @param threshold of two classes: the second where its probability is greater
 */
export function judged(P: Matrix, Y: Matrix, task: Task, threshold?: number): PartMetrics {
  const watched = metricsOf(P, Y, task, threshold === undefined ? {} : { threshold }) as PartMetrics;
  if (task === "regression") return { ...watched, rmse: Math.sqrt(watched.mse), mae: meanAbsoluteError(P, Y) };
  // Several sigmoid units are a decision each, and their cost is a sum.
  if (task === "binary" && P.rows > 1) return watched;
  const probabilities = { logLoss: logLoss(P, Y), ...watched };
  if (task === "binary") return probabilities;
  const rocAuc = macroRocAuc(P, Y);
  return Number.isNaN(rocAuc) ? probabilities : { ...probabilities, rocAuc };
}
