import type { Dataset } from "../data/dataset.js";
import type { Model } from "../formats/model.js";
import { predictRaw } from "../formats/predictModel.js";
import { summarize } from "../metrics/summarize.js";
import { evaluateMembers } from "../training/evaluateMembers.js";
import { networkData } from "./prepare.js";

/** Metrics of one part of the data, by name. */
export type PartMetrics = Readonly<Record<string, number>>;

/** Cost as training sees it; metrics in the unit of the target. Of an ensemble both are those of its mean prediction. */
export function measure(model: Model, part: Dataset): PartMetrics {
  const { network, members = [network], normalizer, targetNormalizer } = model;
  const { dtype } = network.spec;
  const evaluation = evaluateMembers(members, networkData(part, { normalizer, targetNormalizer, dtype }));
  if (targetNormalizer === undefined) return { ...evaluation };
  return { cost: evaluation.cost, ...summarize(predictRaw(model, part.X), part.Y, "regression") };
}
