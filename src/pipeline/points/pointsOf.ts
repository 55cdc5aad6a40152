import { Matrix } from "../../array/matrix.js";
import type { Dataset } from "../../data/dataset.js";
import { blobs } from "../../data/generators/blobs.js";
import { circles } from "../../data/generators/circles.js";
import { digits } from "../../data/generators/digits.js";
import { targetsOf } from "../../data/generators/labeledPoints.js";
import { moons } from "../../data/generators/moons.js";
import { pitch } from "../../data/generators/pitch.js";
import { spiral } from "../../data/generators/spiral.js";
import { xor } from "../../data/generators/xor.js";
import { type Split, split } from "../../data/split.js";
import { RandomStream } from "../../random/streams.js";
import { defaultClasses, type GeneratedPoints, type OwnPoints, type PointSource } from "./pointSource.js";
import { requireSource } from "./requireSource.js";

/**
 * The points of a source: the same for the same source, on every machine.
 *
 * @returns `train`, and the points to test on as `validation`
 * @throws OptionError for points of one's own that are too few for the share to test on
 *
 * @example
 * import { pointsOf } from "gradproof/pipeline";
 * const { train, validation } = pointsOf({ kind: "moons", examples: 300, test: 100, noise: 0.1, seed: 1 });
 * train.X.shape; // => [2, 300]
 * validation.Y.shape; // => [1, 100]
 */
export function pointsOf(source: PointSource): Split<Dataset> {
  requireSource("pointsOf()", source);
  return source.kind === "own" ? ownPoints(source) : generatedPoints(source);
}

function generatedPoints(source: GeneratedPoints): Split<Dataset> {
  const train = changed(draw(source, source.examples, source.seed), source, 0);
  const test = changed(draw(source, source.test, source.seed + 1), source, 1);
  return { train, validation: withLeaked(test, train, source.leaked ?? 0) };
}

function draw({ kind, noise, classes }: GeneratedPoints, examples: number, seed: number): Dataset {
  switch (kind) {
    case "circles":
      return circles({ examples, noise, seed });
    case "moons":
      return moons({ examples, noise, seed });
    case "spiral":
      return spiral({ examples, noise, seed, arms: classes ?? defaultClasses });
    case "xor":
      return xor({ examples, noise, seed });
    case "pitch":
      return pitch({ examples, noise, seed });
    case "digits":
      return digits({ examples, noise, seed });
    case "blobs":
      // On a circle, so that training and test points have the same centers whatever the seed.
      return blobs({ examples, spread: noise, seed, centers: onCircle(classes ?? defaultClasses) });
  }
}

function onCircle(count: number): [number, number][] {
  return Array.from({ length: count }, (_, k) => {
    const angle = (2 * Math.PI * k) / count + Math.PI / 2;
    // The engine's own, which round these angles correctly: what links of version 0.1 stand on, to the last bit.
    return [3 * Math.cos(angle), 3 * Math.sin(angle)];
  });
}

/** The points as the source wants them: rarer, mislabelled, on another scale. */
function changed(data: Dataset, source: GeneratedPoints, part: number): Dataset {
  const { rare = 1, shuffled, scale = [1, 1], offset = [0, 0], seed } = source;
  if (source.kind === "digits") return data;
  let { X, Y } = data;
  if (rare < 1) {
    const random = new RandomStream(seed, "data", part);
    const kept = Array.from({ length: X.columns }, (_, j) => j).filter(
      (j) => Y.get(0, j) === 0 || random.random() < rare,
    );
    X = X.selectColumns(kept);
    Y = Y.selectColumns(kept);
  }
  if (shuffled) Y = Y.selectColumns(new RandomStream(seed, "data", part).permutation(Y.columns));
  const moved = Float64Array.from(X.data, (x, k) => {
    const feature = Math.floor(k / X.columns);
    return x * scale[feature] + offset[feature];
  });
  return { ...data, X: new Matrix(X.rows, X.columns, moved), Y };
}

/** The test points with some of them replaced by training points. */
function withLeaked(test: Dataset, train: Dataset, share: number): Dataset {
  if (share === 0) return test;
  const count = Math.min(train.X.columns, Math.round(share * test.X.columns));
  const replaced = (to: Matrix, from: Matrix): Matrix => {
    const data = Float64Array.from(to.data);
    for (let i = 0; i < to.rows; i++) {
      for (let j = 0; j < count; j++) data[i * to.columns + j] = from.get(i, j);
    }
    return new Matrix(to.rows, to.columns, data);
  };
  return { ...test, X: replaced(test.X, train.X), Y: replaced(test.Y, train.Y) };
}

function ownPoints({ featureNames, classNames, features, targets, test, seed }: OwnPoints): Split<Dataset> {
  const m = targets.length;
  const X = Matrix.zeros(features.length, m); // (features × examples)
  for (const [i, row] of features.entries()) X.data.set(row, i * m);
  const Y = classNames
    ? targetsOf(m, classNames.length, (j) => targets[j])
    : new Matrix(1, m, Float64Array.from(targets));
  return split(
    { X, Y, featureNames, ...(classNames && { classNames }) },
    { validation: test, seed, stratify: classNames !== undefined },
  );
}
