import { Matrix } from "../../array/matrix.js";
import { type Dataset, selectExamples } from "../../data/dataset.js";
import type { Recipe } from "../../engine/trainer.js";
import type { CostOptions } from "../../network/cost.js";
import type { Network } from "../../network/network.js";
import type { PassOptions } from "../../network/passOptions.js";
import type { PenaltyStrength } from "../../network/penalty.js";
import type { DropoutMask } from "../../ops/op.js";
import { BatchOrder } from "../../training/batches.js";
import { Dropout } from "../../training/dropout.js";

/**
 * One step of training, held still: the batch, the dropout masks and what else the cost is made of. It serves as options of
 * `forward`, `cost` and `backward`: `cost(network, forward(network, step.X, step), step.Y, step)`.
 */
export interface TrainingStep extends CostOptions, PassOptions {
  /** features × examples of the batch */
  readonly X: Matrix;
  /** outputs × examples */
  readonly Y: Matrix;
  /** Of training: batch norm, for one, takes the statistics of this batch. */
  readonly training: true;
  /** Dropout masks by layer: 0 the inputs, l hidden layer l; undefined where every unit is kept. */
  readonly masks: readonly (DropoutMask | undefined)[];
  /** λ₁ and λ₂ of the penalties. */
  readonly l1: PenaltyStrength;
  readonly l2: PenaltyStrength;
  /** m of the penalties: all examples of the data. */
  readonly trainingExamples: number;
}

/** The first step of a run, in float64; of a float32 network the data are what 32 bits hold of them. */
export function firstStep(network: Network, recipe: Recipe, strengths: Pick<TrainingStep, "l1" | "l2">): TrainingStep {
  const { X, Y, weights, batchSize, seed } = recipe;
  const order = new BatchOrder(X.columns, batchSize, seed);
  order.seek(0);
  const { from, count } = order;
  const indices = Uint32Array.from({ length: count }, (_, j) => order.indices?.[from + j] ?? from + j);
  const batch: Dataset = selectExamples({ X, Y }, indices);
  const { dtype } = network.spec;
  const stored = (values: Matrix): Matrix => values.as(dtype).as("float64");
  return {
    X: stored(batch.X),
    Y: stored(batch.Y),
    training: true,
    masks: masksOf(network, recipe, count),
    ...(weights && { weights: stored(Matrix.row(Array.from(indices, (j) => weights[j]))) }),
    l1: strengths.l1,
    l2: strengths.l2,
    trainingExamples: X.columns,
  };
}

/** The masks of step 0, as training draws them. */
function masksOf(network: Network, recipe: Recipe, count: number): (DropoutMask | undefined)[] {
  const units = network.program.sites.map(({ rows }) => rows);
  const { keep } = recipe.settings;
  const bytes = units.map((size, l) => (keep[l] < 1 ? new Uint8Array(size * count) : undefined));
  new Dropout(recipe, network, { masks: bytes }).fillMasks(0, count);
  return bytes.map((mask, l) =>
    // (units × examples)
    mask === undefined ? undefined : { D: new Matrix(units[l], count, Float64Array.from(mask)), keep: keep[l] },
  );
}
