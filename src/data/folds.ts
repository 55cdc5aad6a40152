import { ShapeError } from "../array/shapeError.js";
import { OptionError, requireNumber } from "../constraint/constraint.js";
import { requireList } from "../constraint/kinds.js";
import { RandomStream } from "../random/streams.js";

/** One of k ways to hold a k-th of the examples out. Indices are ascending. */
export interface Fold {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/**
 * The indices 0, …, m − 1 for k-fold cross-validation: each is held out in exactly one fold.
 *
 * Folds differ in size by at most one; with labels, also in their number of examples of each class.
 *
 * @param m number of examples
 * @param k number of folds, 2 … m
 * @param seed of the stream "split", 0 … 2³²−1. Default 0
 * @param labels class of each example, by which the folds are stratified
 * @throws OptionError for numbers out of range; ShapeError when there are not m labels
 *
 * @example
 * import { foldIndices } from "gradproof/data";
 * const folds = foldIndices(6, 3, 0, ["a", "a", "a", "b", "b", "b"]);
 * folds.map(({ train, validation }) => [train.length, validation.length]); // => [[4, 2], [4, 2], [4, 2]]
 * folds.flatMap(({ validation }) => [...validation]).sort(); // => [0, 1, 2, 3, 4, 5]
 */
export function foldIndices(m: number, k: number, seed = 0, labels?: ArrayLike<unknown>): Fold[] {
  requireNumber("foldIndices(): m", m, { kind: "number", whole: true, min: 2 });
  requireNumber("foldIndices(): k", k, { kind: "number", whole: true, min: 2 });
  if (k > m) throw new OptionError(`foldIndices(): ${m} examples cannot be dealt into ${k} folds; take fewer folds`);
  if (labels !== undefined && requireList("foldIndices(): labels", labels).length !== m) {
    throw new ShapeError(`foldIndices(): ${m} examples need ${m} labels, got ${labels.length}`);
  }
  const classes = new Map<unknown, number[]>();
  for (const i of new RandomStream(seed, "split").permutation(m)) {
    const members = classes.get(labels?.[i]);
    if (members === undefined) classes.set(labels?.[i], [i]);
    else members.push(i);
  }
  // Dealt like cards, one class after the other, so that neither classes nor sizes are off by more than one.
  const foldOf = new Uint32Array(m);
  for (const [position, i] of [...classes.values()].flat().entries()) foldOf[i] = position % k;
  const indices = Array.from({ length: m }, (_, i) => i);
  return Array.from({ length: k }, (_, fold) => ({
    train: Uint32Array.from(indices.filter((i) => foldOf[i] !== fold)),
    validation: Uint32Array.from(indices.filter((i) => foldOf[i] === fold)),
  }));
}
