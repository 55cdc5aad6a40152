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
  /**
   * What it says of other features of these examples, as raw as those of `part`.
   *
   * @param examples which of them X has, in its order
   */
  readonly predict: (X: Matrix, examples: ArrayLike<number>) => Matrix;
}

/**
 * The model on what was held out: with folds each example is predicted by the members alone that held it out, one of k where there
 * are k folds. Undefined where nothing was held out.
 */
export function onHeldOut(model: Model, { raw, folds }: Pick<Prepared, "raw" | "folds">): HeldOut | undefined {
  if (folds !== undefined) return onFolds(model, raw.train, folds);
  const { validation: part } = raw;
  const predict = (X: Matrix): Matrix => predictRaw(model, X);
  return part && { part, P: predict(part.X), metrics: measure(model, part), predict };
}

function onFolds(model: Model, part: Dataset, folds: NonNullable<Prepared["folds"]>): HeldOut {
  const { network, members = [network] } = model;
  const judges = folds.map((_, f): Model => {
    const own = members.filter((_, k) => k % folds.length === f);
    return { ...model, network: own[0], members: own.length > 1 ? own : undefined };
  });
  const foldOf = new Uint32Array(part.X.columns);
  for (const [f, { validation }] of folds.entries())
    for (let j = 0; j < validation.length; j++) foldOf[validation[j]] = f;
  const predict = (X: Matrix, examples: ArrayLike<number>): Matrix => {
    const P = Matrix.zeros(part.Y.rows, X.columns); // (outputs × examples)
    for (const [f, judge] of judges.entries()) {
      const own = Uint32Array.from({ length: X.columns }, (_, j) => j).filter((j) => foldOf[examples[j]] === f);
      if (own.length === 0) continue;
      const predicted = predictRaw(judge, X.selectColumns(own)); // (outputs × examples of the fold)
      for (let i = 0; i < P.rows; i++) {
        for (const [j, at] of own.entries()) P.data[i * P.columns + at] = predicted.data[i * own.length + j];
      }
    }
    return P;
  };
  const P = predict(
    part.X,
    Uint32Array.from({ length: part.X.columns }, (_, j) => j),
  );
  let cost = 0;
  for (const [f, { validation }] of folds.entries()) {
    cost += (measure(judges[f], selectExamples(part, validation)).cost * validation.length) / P.columns;
  }
  return { part, P, metrics: { cost, ...judged(P, part.Y, network.loss.task, model.threshold) }, predict };
}
