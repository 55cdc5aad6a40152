import type { ActivationSpec, LossName } from "../spec.js";
import { binaryCrossEntropy } from "./binaryCrossEntropy.js";
import { categoricalCrossEntropy } from "./categoricalCrossEntropy.js";
import type { Loss } from "./loss.js";
import { meanSquaredError } from "./meanSquaredError.js";

/** The loss a name stands for. */
export function lossOf(name: LossName): Loss {
  return { binaryCrossEntropy, categoricalCrossEntropy, meanSquaredError }[name];
}

/** The loss that belongs to an output activation when none is named. */
export function defaultLoss(activation: ActivationSpec): LossName {
  if (activation === "sigmoid") return "binaryCrossEntropy";
  return activation === "softmax" ? "categoricalCrossEntropy" : "meanSquaredError";
}
