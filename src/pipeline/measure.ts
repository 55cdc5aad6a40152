import type { Dataset } from "../data/dataset.js";
import type { Model } from "../formats/model.js";
import { predictRaw } from "../formats/predictModel.js";
import { summarize } from "../metrics/summarize.js";
import type { Network } from "../network/network.js";
import { evaluate, metricsOf } from "../training/evaluate.js";
import { networkData } from "./prepare.js";

/** Metrics of one part of the data, by name. */
export type PartMetrics = Readonly<Record<string, number>>;

/** The mean of the members' costs; metrics of what they predict together. */
function measureEnsemble(model: Model, members: readonly Network[], part: Dataset): PartMetrics {
  const { members: _, ...one } = model;
  let total = 0;
  for (const network of members) total += measure({ ...one, network }, part).cost;
  return { cost: total / members.length, ...metricsOf(predictRaw(model, part.X), part.Y, model.network.loss.task) };
}

/** Cost as training sees it; metrics in the unit of the target. */
export function measure(model: Model, part: Dataset): PartMetrics {
  const { members } = model;
  if (members !== undefined) return measureEnsemble(model, members, part);
  const { network, normalizer, targetNormalizer } = model;
  const { dtype } = network.spec;
  const evaluation = evaluate(network, networkData(part, { normalizer, targetNormalizer, dtype }));
  if (targetNormalizer === undefined) return { ...evaluation };
  return { cost: evaluation.cost, ...summarize(predictRaw(model, part.X), part.Y, "regression") };
}
