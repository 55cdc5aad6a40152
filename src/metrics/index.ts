/** What a model is judged by. Entry point `gradproof/metrics`. */

export { accuracy } from "./accuracy.js";
export { bootstrapIntervals, type Interval } from "./bootstrapIntervals.js";
export { type CalibrationCurve, calibrationCurve } from "./calibrationCurve.js";
export { confusionMatrix } from "./confusionMatrix.js";
export { f1 } from "./f1.js";
export { type GainsCurve, gainsCurve } from "./gainsCurve.js";
export { isHigherBetter } from "./isHigherBetter.js";
export { logLoss } from "./logLoss.js";
export { macroRocAuc } from "./macroRocAuc.js";
export { meanAbsoluteError } from "./meanAbsoluteError.js";
export { meanSquaredError } from "./meanSquaredError.js";
export { prAuc } from "./prAuc.js";
export { precision } from "./precision.js";
export { type PrecisionRecallCurve, precisionRecallCurve } from "./precisionRecallCurve.js";
export { predictedClasses } from "./predictedClasses.js";
export { r2 } from "./r2.js";
export { recall } from "./recall.js";
export { rocAuc } from "./rocAuc.js";
export { type RocCurve, rocCurve } from "./rocCurve.js";
export { summarize } from "./summarize.js";
