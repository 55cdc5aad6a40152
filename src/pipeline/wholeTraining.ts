import type { TrainingSpec } from "../training/spec.js";
import type { TrainingTemplate } from "./configuration.js";

/** A training as a configuration says all of it: what is absent is named, since what it left out would have a default. */
export function wholeTraining(training: TrainingSpec): TrainingTemplate {
  return { batchSize: "all", classWeight: "none", earlyStopping: "none", ...training };
}
