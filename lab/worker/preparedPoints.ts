import { type Dataset, Normalizer } from "gradproof";
import { type PointSource, pointsOf } from "gradproof/pipeline";
import type { RunSpec } from "../experiment/experiment.js";

/** The points of a run as its network takes them. */
export interface PreparedPoints {
  readonly train: Dataset;
  readonly test: Dataset;
  /** What brought the features to mean 0 and variance 1, where they are. */
  readonly normalizer: Normalizer | undefined;
  /** As they come. */
  readonly raw: ReturnType<typeof pointsOf>;
}

/** Makes the points of a run ready: normalized where it says so, and in the network's precision. */
export function preparedPoints(
  { network: { dtype = "float64" }, normalize }: Pick<RunSpec, "network" | "normalize">,
  source: PointSource,
): PreparedPoints {
  const raw = pointsOf(source);
  const normalizer = normalize ? Normalizer.fit(raw.train.X) : undefined;
  // In the network's precision from the start, as the command line has them: augmentation rounds too.
  const prepared = ({ X, Y, ...names }: Dataset): Dataset => ({
    ...names,
    X: (normalizer?.apply(X) ?? X).as(dtype),
    Y: Y.as(dtype),
  });
  return { train: prepared(raw.train), test: prepared(raw.validation), normalizer, raw };
}
