import { Matrix } from "../../array/matrix.js";
import { OptionError, requireNumber } from "../../constraint/constraint.js";
import { requireRecord } from "../../constraint/kinds.js";
import { RandomState } from "../../random/randomState.js";
import type { Dataset } from "../dataset.js";
import { parseGeneratorOptions } from "./generatorOptions.js";
import { targetsOf } from "./labeledPoints.js";

/** Options of {@link blobs}. */
export interface BlobOptions {
  /** Number of points. Whole number, 2 … 10⁸, default 300. */
  readonly examples?: number;
  /** How many blobs (2 … 1000, in the plane), or the center of each, in any number of dimensions. Default 3. */
  readonly centers?: number | readonly (readonly number[])[];
  /** Standard deviation of each blob, ≥ 0, default 1. */
  readonly spread?: number;
  /** Seed of NumPy's `RandomState`. Whole number, 0 … 2³²−1, default 0. */
  readonly seed?: number;
}

/**
 * Clouds of points around centers, each a class.
 *
 * `x = center + N(0, spread²)`. Centers that are not given are uniform in the square [−10, 10)². The points come in random
 * order. They are those of scikit-learn's `make_blobs(examples, centers=centers, cluster_std=spread)` after
 * `numpy.random.seed(seed)`.
 *
 * @param options `examples` ≥ 2 (default 300), spread evenly over the blobs; `centers` (3); `spread` ≥ 0 (1);
 *   `seed` 0 … 2³²−1 (0)
 * @returns X features × examples; Y 1 × examples of 0 and 1 for two blobs, one-hot blobs × examples for more
 * @throws OptionError when an option is out of range or the centers differ in their number of dimensions
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_blobs.html
 *
 * @example
 * import { blobs } from "gradproof/data";
 * blobs({ examples: 30 }).Y.shape; // => [3, 30]
 * const line = blobs({ examples: 4, centers: [[-5], [5]], spread: 0 });
 * Array.from(line.Y.data, (y, j) => line.X.get(0, j) === (y === 1 ? 5 : -5)); // => [true, true, true, true]
 */
export function blobs(options: BlobOptions = {}): Dataset {
  requireRecord("blobs(): options", options);
  const { centers: given = 3, ...rest } = options;
  const { examples, spread, seed } = parseGeneratorOptions("blobs", rest, { examples: 300, spread: 1, seed: 0 });
  const random = new RandomState(seed);
  const centers = typeof given === "number" ? drawCenters(given, random) : requireCenters(given);
  const blobCount = centers.length;
  const features = centers[0].length;

  // PlanePoint k, before shuffling, lies in the blob whose stretch of [0, examples) it falls into; the first ones get the rest.
  const labels = new Uint32Array(examples);
  let k = 0;
  for (let blob = 0; blob < blobCount; blob++) {
    const size = Math.floor(examples / blobCount) + (blob < examples % blobCount ? 1 : 0);
    labels.fill(blob, k, k + size);
    k += size;
  }
  const points = random.randn(examples, features); // (examples × features)
  const order = random.permutation(examples);
  const X = Matrix.zeros(features, examples);
  for (let j = 0; j < examples; j++) {
    const center = centers[labels[order[j]]];
    for (let i = 0; i < features; i++) {
      X.data[i * examples + j] = center[i] + spread * points.data[order[j] * features + i];
    }
  }
  return {
    X,
    Y: targetsOf(examples, blobCount, (j) => labels[order[j]]),
    featureNames: features === 2 ? ["x", "y"] : Array.from({ length: features }, (_, i) => `x${i + 1}`),
    classNames: centers.map((_, blob) => `blob ${blob + 1}`),
  };
}

function drawCenters(count: unknown, random: RandomState): readonly (readonly number[])[] {
  const blobCount = requireNumber("blobs(): centers", count, blobCounts);
  return random.uniform(-10, 10, blobCount, 2).toArray();
}

function requireCenters(centers: readonly (readonly number[])[]): readonly (readonly number[])[] {
  if (!Array.isArray(centers) || centers.length < 2) {
    throw new OptionError("blobs(): centers must be a whole number or a list of at least 2 points");
  }
  for (const [blob, center] of centers.entries()) {
    if (!Array.isArray(center) || center.length === 0 || center.length !== centers[0].length) {
      throw new OptionError(
        `blobs(): centers[${blob}] must be a list of coordinates, as many as centers[0] has and at least 1`,
      );
    }
    for (const [i, x] of center.entries()) requireNumber(`blobs(): centers[${blob}][${i}]`, x, coordinate);
  }
  return centers;
}

const blobCounts = { kind: "number", what: "number of blobs", whole: true, min: 2, max: 1000 } as const;
const coordinate = { kind: "number", what: "coordinate of a center" } as const;
