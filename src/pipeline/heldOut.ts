import { Matrix } from "../array/matrix.js";
import { type Dataset, selectExamples } from "../data/dataset.js";
import type { Model } from "../formats/model.js";
import { predictRaw } from "../formats/predictModel.js";
import { judged, measure, type PartMetrics } from "./measure.js";
import type { Prepared } from "./prepare.js";

/** What a model says of examples that it has not learned from. */
export interface HeldOut {
  /** As the table has them. */
  readonly part: Dataset;
  /** Predictions in the unit of the target, outputs × examples. */
  readonly P: Matrix;
  readonly metrics: PartMetrics;
}

/**
 * The model on what was held out: with folds each example is predicted by the members alone that held it out, one of k where there
 * are k folds. Undefined where nothing was held out.
 */
export function onHeldOut(model: Model, { raw, folds }: Pick<Prepared, "raw" | "folds">): HeldOut | undefined {
  if (folds !== undefined) return onFolds(model, raw.train, folds);
  const { validation: part } = raw;
  return part && { part, P: predictRaw(model, part.X), metrics: measure(model, part) };
}

function onFolds(model: Model, part: Dataset, folds: NonNullable<Prepared["folds"]>): HeldOut {
  const { network, members = [network] } = model;
  const P = Matrix.zeros(part.Y.rows, part.Y.columns); // (outputs × examples)
  let cost = 0;
  for (const [f, { validation: examples }] of folds.entries()) {
    const own = members.filter((_, k) => k % folds.length === f);
    const judge: Model = { ...model, network: own[0], members: own.length > 1 ? own : undefined };
    const fold = selectExamples(part, examples);
    const predicted = predictRaw(judge, fold.X); // (outputs × examples of the fold)
    for (let i = 0; i < P.rows; i++) {
      for (let j = 0; j < examples.length; j++) {
        P.data[i * P.columns + examples[j]] = predicted.data[i * predicted.columns + j];
      }
    }
    cost += (measure(judge, fold).cost * examples.length) / P.columns;
  }
  return { part, P, metrics: { cost, ...judged(P, part.Y, network.loss.task, model.threshold) } };
}
