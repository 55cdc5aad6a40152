import { requireList } from "../../constraint/kinds.js";
import { TableEncoder } from "../../data/tableEncoder.js";
import type { Configuration } from "../configuration.js";
import { type PreparedSplit, prepareParts } from "../prepare.js";
import { requireConfiguration } from "../requireConfiguration.js";
import type { PointSource } from "./pointSource.js";
import { pointsOf } from "./pointsOf.js";

/**
 * Points made ready for training, as `prepare` makes a table. The encoder that comes with them takes tables of the same
 * features, with the target in a column named `target`.
 *
 * @param configuration `data` says whether to normalize, `network.dtype` in which precision
 * @throws OptionError for points of one's own that are too few for the share to test on
 *
 * @example
 * import { preparePoints } from "gradproof/pipeline";
 * const moons = { kind: "moons", examples: 300, test: 100, noise: 0.1, seed: 1 } as const;
 * const { train, validation } = preparePoints(moons, { data: { normalize: false } });
 * [train.X.shape, validation.X.shape]; // => [[2, 300], [2, 100]]
 */
export function preparePoints(source: PointSource, configuration: Configuration): PreparedSplit {
  requireConfiguration("preparePoints()", configuration);
  const { train, validation } = pointsOf(source);
  const { X, featureNames = [], classNames } = train;
  const name = targetName(featureNames);
  const encoder = TableEncoder.fromJSON({
    features: featureNames.map((name, i) => ({ kind: "numeric", name, mean: meanOf(X.rowData(i)) })),
    target:
      classNames === undefined
        ? { task: "regression", name, kind: "numeric" }
        : { task: classNames.length === 2 ? "binary" : "multiclass", name, kind: "categorical", classes: classNames },
  });
  return prepareParts(
    encoder,
    { train: { data: train }, validation: { data: validation } },
    // Points have a precision of their own.
    { ...configuration, data: { ...configuration.data, points: source } },
  );
}

/**
 * A name for the column of the target, beside those of the features.
 *
 * @example
 * import { targetName } from "gradproof/pipeline";
 * targetName(["x", "y"]); // => "target"
 */
export function targetName(featureNames: readonly string[]): string {
  requireList("targetName(): featureNames", featureNames);
  let name = "target";
  while (featureNames.includes(name)) name += "_";
  return name;
}

function meanOf(row: ArrayLike<number>): number {
  let mean = 0;
  // Divided first: a sum of numbers near the limit of float64 overflows where their mean does not.
  for (let j = 0; j < row.length; j++) mean += row[j] / row.length;
  return mean;
}
