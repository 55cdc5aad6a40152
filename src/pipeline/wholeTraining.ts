import type { TrainingSpec } from "../training/spec.js";
import type { TrainingTemplate } from "./configuration.js";

/**
 * A training as a configuration says all of it: what is absent is named, since what it left out would have a default.
 *
 * @example
 * import { wholeTraining } from "gradproof/pipeline";
 * const whole = wholeTraining({ l2: 0.1 });
 * whole.earlyStopping; // => "none"
 * whole; // => { batchSize: "all", classWeight: "none", earlyStopping: "none", keep: 1, schedule: "none", l2: 0.1 }
 */
export function wholeTraining(training: TrainingSpec): TrainingTemplate {
  return { batchSize: "all", classWeight: "none", earlyStopping: "none", keep: 1, schedule: "none", ...training };
}
