import { type Dataset, Matrix, split } from "gradproof";
import { blobs, circles, digits, moons, pitch, spiral, xor } from "gradproof/data";
import { RandomStream } from "gradproof/random";
import { targetsOf } from "../../src/data/generators/labeledPoints.js";
import type { DataSource, GeneratedData, OwnData } from "./dataSource.js";

/** What runs are trained and tested on. */
export interface LabData {
  readonly train: Dataset;
  readonly test: Dataset;
}

/** The points of a data source: the same for the same source, on every machine. */
export function dataOf(source: DataSource): LabData {
  return source.kind === "own" ? ownData(source) : generatedData(source);
}

function generatedData(source: GeneratedData): LabData {
  const train = changed(draw(source, source.examples, source.seed), source, 0);
  const test = changed(draw(source, source.test, source.seed + 1), source, 1);
  return { train, test: withLeaked(test, train, source.leaked ?? 0) };
}

function draw({ kind, noise, classes }: GeneratedData, examples: number, seed: number): Dataset {
  switch (kind) {
    case "circles":
      return circles({ examples, noise, seed });
    case "moons":
      return moons({ examples, noise, seed });
    case "spiral":
      return spiral({ examples, noise, seed, arms: classes ?? 3 });
    case "xor":
      return xor({ examples, noise, seed });
    case "pitch":
      return pitch({ examples, noise, seed });
    case "digits":
      return digits({ examples, noise, seed });
    case "blobs":
      // On a circle, so that training and test points have the same centers whatever the seed.
      return blobs({ examples, spread: noise, seed, centers: onCircle(classes ?? 3) });
  }
}

function onCircle(count: number): [number, number][] {
  return Array.from({ length: count }, (_, k) => {
    const angle = (2 * Math.PI * k) / count + Math.PI / 2;
    return [3 * Math.cos(angle), 3 * Math.sin(angle)];
  });
}

/** The points as the source wants them: rarer, mislabelled, on another scale. */
function changed(data: Dataset, source: GeneratedData, part: number): Dataset {
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

function ownData({ featureNames, classNames, features, targets, test, seed }: OwnData): LabData {
  const m = targets.length;
  const X = Matrix.zeros(features.length, m); // (features × examples)
  for (const [i, row] of features.entries()) X.data.set(row, i * m);
  const Y = classNames
    ? targetsOf(m, classNames.length, (j) => targets[j])
    : new Matrix(1, m, Float64Array.from(targets));
  const parts = split(
    { X, Y, featureNames, ...(classNames && { classNames }) },
    { validation: test, seed, stratify: classNames !== undefined },
  );
  return { train: parts.train, test: parts.validation };
}
