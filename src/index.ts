/** The library's core: no dependency, no Node, runs in a browser as it is. */

export * from "./array/broadcast.js";
export type { DType, FloatArray } from "./array/floatArray.js";
export { Matrix } from "./array/matrix.js";
export { product, productWithTransposed, transpose, transposedProduct } from "./array/product.js";
export { type Axis, mean, sum } from "./array/reduce.js";
export { ShapeError } from "./array/shapeError.js";
export { OptionError } from "./constraint/constraint.js";
export type { Dataset, Task } from "./data/dataset.js";
export type { CategoricalColumn, Column, NumericColumn, Table } from "./data/table.js";
export { predict } from "./engine/predict.js";
export { type Block, type BlockVerdict, blockVerdicts } from "./gradcheck/blockVerdicts.js";
export { type TextbookCheck, textbookCheck } from "./gradcheck/textbook.js";
export * from "./metrics/accuracy.js";
export * from "./metrics/confusionMatrix.js";
export * from "./metrics/f1.js";
export * from "./metrics/isHigherBetter.js";
export * from "./metrics/logLoss.js";
export * from "./metrics/meanSquaredError.js";
export * from "./metrics/prAuc.js";
export * from "./metrics/precision.js";
export * from "./metrics/precisionRecallCurve.js";
export * from "./metrics/r2.js";
export * from "./metrics/recall.js";
export * from "./metrics/rocAuc.js";
export * from "./metrics/rocCurve.js";
export * from "./metrics/summarize.js";
export { backward, type Gradient } from "./network/backward.js";
export { type Cost, type CostOptions, cost } from "./network/cost.js";
export { dense } from "./network/dense.js";
export { type Cache, type DropoutMask, type DropoutMasks, type Forward, forward } from "./network/forward.js";
export type { ParameterWindow } from "./network/layout.js";
export { type Layer, type Network, network, networkWith } from "./network/network.js";
export { type CompleteNetworkSpec, parseNetworkSpec } from "./network/parseSpec.js";
export type {
  ActivationName,
  ActivationSpec,
  DenseSpec,
  InitializerName,
  InitializerSpec,
  LossName,
  NetworkSpec,
} from "./network/spec.js";
export { type Evaluation, evaluate, taskOf } from "./training/evaluate.js";
export { type NonFinite, NonFiniteCostError } from "./training/nonFinite.js";
export type {
  BestPoint,
  EarlyStopping,
  OptimizerName,
  OptimizerSpec,
  Progress,
  TrainingSpec,
  TrainOptions,
} from "./training/options.js";
export { parseTrainingSpec } from "./training/parseTraining.js";
export type { HistoryEntry, Run, StopReason } from "./training/run.js";
export { train } from "./training/train.js";
