import { OptionError } from "../constraint/constraint.js";
import type { Dataset } from "../data/dataset.js";
import type { TrainingSpec } from "./spec.js";

/**
 * The weight of each training example: its sample weight times the weight of its class, or undefined where every
 * example weighs 1.
 *
 * `balanced` gives class k the weight `m / (K · mₖ)`, so that every class counts alike and the mean weight is 1.
 *
 * @throws OptionError when the weights do not fit the data
 */
export function exampleWeights(
  data: Dataset,
  {
    classWeight,
    sampleWeights,
  }: {
    readonly classWeight?: TrainingSpec["classWeight"] | undefined;
    readonly sampleWeights?: ArrayLike<number> | undefined;
  },
): Float64Array | undefined {
  if (classWeight === undefined && sampleWeights === undefined) return undefined;
  const m = data.X.columns;
  const weights = new Float64Array(m).fill(1);
  if (sampleWeights !== undefined) {
    if (sampleWeights.length !== m) {
      throw new OptionError(`train(): ${m} examples need ${m} sampleWeights, got ${sampleWeights.length}`);
    }
    for (let j = 0; j < m; j++) {
      if (!(sampleWeights[j] >= 0 && sampleWeights[j] < Number.POSITIVE_INFINITY)) {
        throw new OptionError(
          `train(): sampleWeights[${j}] must be a finite number of at least 0, got ${sampleWeights[j]}`,
        );
      }
    }
    weights.set(sampleWeights);
    if (weights.every((weight) => weight === 0)) {
      throw new OptionError("train(): sampleWeights are all 0, which leaves nothing to learn");
    }
  }
  if (classWeight !== undefined) {
    const classes = Math.max(2, data.Y.rows);
    const counts = new Float64Array(classes);
    for (let j = 0; j < m; j++) counts[classOf(data, j)]++;
    const perClass =
      classWeight === "balanced" ? Array.from(counts, (count) => m / (classes * Math.max(1, count))) : classWeight;
    if (perClass.length !== classes) {
      throw new OptionError(`train(): ${classes} classes need ${classes} class weights, got ${perClass.length}`);
    }
    for (let j = 0; j < m; j++) weights[j] *= perClass[classOf(data, j)];
  }
  return weights;
}

/** Class of an example: its label with one row of Y, the row of its 1 with several. */
function classOf(data: Dataset, example: number): number {
  const { Y } = data;
  if (Y.rows === 1) {
    const label = Y.data[example];
    if (label !== 0 && label !== 1) {
      throw new OptionError(
        `train(): classWeight needs class labels, but the target of example ${example} is ${label}`,
      );
    }
    return label;
  }
  for (let k = 0; k < Y.rows; k++) if (Y.data[k * Y.columns + example] === 1) return k;
  throw new OptionError(`train(): classWeight needs one-hot targets, but example ${example} belongs to no class`);
}
