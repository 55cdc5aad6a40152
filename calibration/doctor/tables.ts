import { type Dataset, Matrix } from "gradproof";
import { RandomStream } from "gradproof/random";

/** What runs of the calibration are trained on, where it is no generator of the library. */

/** y = sin 2x with noise. */
export function wave(seed: number): Dataset {
  const random = new RandomStream(seed, "data", 0, 0);
  const x = Float64Array.from({ length: 200 }, () => 2 * random.normal());
  return {
    X: new Matrix(1, 200, x),
    Y: Matrix.row(Array.from(x, (value) => Math.sin(2 * value) + 0.1 * random.normal())),
  };
}

/** Normal features of which a few decide; `rare` is the share of the positive class. */
export function table(seed: number, { features = 8, examples = 400, rare = 0.5, noise = 0.3 } = {}): Dataset {
  const random = new RandomStream(seed, "data", 1, 0);
  const X = new Matrix(
    features,
    examples,
    Float64Array.from({ length: features * examples }, () => random.normal()),
  );
  const scores = Array.from({ length: examples }, (_, j) => X.get(0, j) - X.get(1, j) + noise * random.normal());
  const limit = scores.toSorted((a, b) => b - a)[Math.floor(rare * examples)];
  return { X, Y: Matrix.row(scores.map((score) => (score > limit ? 1 : 0))) };
}

export function scaled({ X, Y }: Dataset, factor: (feature: number) => number, offset = 0): Dataset {
  const data = X.data.map((value, k) => value * factor(Math.floor(k / X.columns)) + offset);
  return { X: new Matrix(X.rows, X.columns, Float64Array.from(data)), Y };
}

/** The same examples with labels that have nothing to do with them. */
export function shuffled({ X, Y }: Dataset, seed: number): Dataset {
  return { X, Y: Y.selectColumns(new RandomStream(seed, "data", 2, 0).permutation(Y.columns)) };
}

export function split({ X, Y }: Dataset, train: number): { train: Dataset; validation: Dataset } {
  const part = (from: number, to: number): Dataset => {
    const columns = Array.from({ length: to - from }, (_, j) => from + j);
    return { X: X.selectColumns(columns), Y: Y.selectColumns(columns) };
  };
  return { train: part(0, train), validation: part(train, X.columns) };
}

/** Of the 100 validation examples 20 are training examples, with the labels of others. */
export function leaking(seed: number): { train: Dataset; validation: Dataset } {
  const { train, validation } = split(table(seed), 300);
  for (let i = 0; i < train.X.rows; i++) {
    for (let j = 0; j < 20; j++) validation.X.data[i * validation.X.columns + j] = train.X.get(i, j);
  }
  return { train, validation };
}
