/** From a table, arrays or images to a trained model, by one configuration. Entry point `gradproof/pipeline`. */

export type { ArrayExamples } from "./arrayExamples.js";
export type {
  Configuration,
  DataSpec,
  ImageSize,
  LayerTemplateSpec,
  NetworkTemplate,
  OutputSpec,
  TrainingTemplate,
} from "./configuration.js";
export { configurationOf } from "./configurationOf.js";
export { configurationVersion } from "./defaults.js";
export type { PartialDependence } from "./explain/dependenceOnColumn.js";
export type { ColumnImportance } from "./explain/importanceOfColumns.js";
export { type DependenceOptions, partialDependence } from "./explain/partialDependence.js";
export { type ImportanceOptions, permutationImportance } from "./explain/permutationImportance.js";
export { type FitOptions, type Fitted, fit } from "./fit.js";
export { parseConfiguration } from "./parseConfiguration.js";
export { pointConstraints } from "./points/constraints.js";
export { parsePoints, plainPoints } from "./points/parsePoints.js";
export {
  DIGIT_SIDE,
  type GeneratedPoints,
  type GeneratorName,
  generatorNames,
  type OwnPoints,
  type PointSource,
} from "./points/pointSource.js";
export { pointsOf } from "./points/pointsOf.js";
export { preparePoints, targetName } from "./points/preparePoints.js";
export { type PointShape, shapeOf } from "./points/shapeOf.js";
export { type Prepared, type PreparedSplit, prepare } from "./prepare.js";
export { type ResolvedRun, resolve } from "./resolve.js";
export type { ShortConfiguration } from "./shortForm.js";
export { wholeTraining } from "./wholeTraining.js";
