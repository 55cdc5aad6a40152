import type { Matrix } from "../array/matrix.js";
import type { Dataset } from "../data/dataset.js";
import type { Model } from "../formats/model.js";
import { predictRaw } from "../formats/predictModel.js";
import { predictedClasses } from "../metrics/predictedClasses.js";
import type { HeldOut } from "./heldOut.js";

/** Indices of the classes that averages over the classes leave out. */
export interface Uncovered {
  /** By precision, recall and F1: those that neither occur nor are predicted. */
  readonly scores: readonly number[];
  /** By the area under the ROC curve: those that do not occur, or do in every example. */
  readonly rocAuc: readonly number[];
}

/**
 * Which of several classes the averages of a part of the data are not of; undefined where they are of all, and of two classes.
 *
 * @param Y one-hot labels, classes × examples
 * @param predict their predictions, of the same shape, asked for only where a class is missing
 */
export function uncoveredClasses(Y: Matrix, predict: () => Matrix): Uncovered | undefined {
  if (Y.rows === 1) return undefined;
  const occurring = new Set(predictedClasses(Y)); // one-hot: the class itself
  const classes = Array.from({ length: Y.rows }, (_, k) => k);
  const missing = classes.filter((k) => !occurring.has(k));
  if (missing.length === 0) return undefined;
  const predicted = new Set(predictedClasses(predict()));
  return {
    scores: missing.filter((k) => !predicted.has(k)),
    rocAuc: occurring.size === 1 ? classes : missing,
  };
}

/** What `uncoveredClasses` says of each part of the data that lacks classes, by name. */
export function uncoveredIn(
  model: Model,
  {
    train,
    heldOut,
    test,
  }: { readonly train: Dataset; readonly heldOut?: HeldOut | undefined; readonly test?: Dataset | undefined },
): Readonly<Record<string, Uncovered>> {
  if (model.network.loss.task !== "multiclass") return {};
  const parts = {
    train: uncoveredClasses(train.Y, () => predictRaw(model, train.X)),
    validation: heldOut && uncoveredClasses(heldOut.part.Y, () => heldOut.P),
    test: test && uncoveredClasses(test.Y, () => predictRaw(model, test.X)),
  };
  const found: Record<string, Uncovered> = {};
  for (const [name, uncovered] of Object.entries(parts)) if (uncovered !== undefined) found[name] = uncovered;
  return found;
}
