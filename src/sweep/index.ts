/** Search of settings, and learning curves. Entry point `gradproof/sweep`. */

export type { CurveError, CurvePoint } from "./curvePoint.js";
export type { CurveReading } from "./curveReading.js";
export { type LearningCurve, type LearningCurveOptions, learningCurve } from "./learningCurve.js";
export type { SweepTrial } from "./ranking.js";
export type { FinishedSweepRun, RunOutcome, SweepRun } from "./run.js";
export type { NumberRange, SearchSpace, Settings, SettingValue } from "./space.js";
export { type SweepMethod, type SweepOptions, type SweepProgress, type SweepResult, sweep } from "./sweep.js";
