import type { Dataset } from "../data/dataset.js";
import { momentsOf } from "../data/moments.js";
import { Normalizer } from "../data/normalizer.js";
import type { TableEncoder } from "../data/tableEncoder.js";
import type { Configuration } from "./configuration.js";
import { defaultsOf } from "./defaults.js";
import { imageNormalizer } from "./imageNormalizer.js";

/** Encoded data, and which of its examples a part takes. Default: all. */
export interface Part {
  readonly data: Dataset;
  readonly examples?: ArrayLike<number>;
}

/** The normalizer that a configuration asks for, fitted on the examples of a part; none where features stay as they are. */
export function featureNormalizer(
  { featureKinds: kinds }: TableEncoder,
  { data: { X }, examples }: Part,
  configuration: Configuration,
): Normalizer | undefined {
  const defaults = defaultsOf(configuration);
  const { normalize, image } = { ...defaults.data, ...configuration.data };
  if (normalize === false || normalize === "none") return undefined;
  if (image !== undefined) return imageNormalizer(X, image, examples);
  if (normalize === "robust") return Normalizer.robust(X, { examples, kinds });
  const codesAlone = defaults.version < 4;
  const stays = (i: number): boolean => (codesAlone ? kinds[i] === "code" : kinds[i] !== "number");
  const { mean, variance } = momentsOf("Normalizer.fit()", X, examples);
  // What stays as it is: (x − 0) / 1.
  return Normalizer.fromJSON({
    mean: mean.map((value, i) => (stays(i) ? 0 : value)),
    variance: variance.map((value, i) => (stays(i) ? 1 : value)),
  });
}
