/** The library's core: no dependency, no Node, runs in a browser as it is. */

export { add, divide, elementwise, map, multiply, type Operand, subtract } from "./array/broadcast.js";
export type { DType, FloatArray } from "./array/floatArray.js";
export { Matrix } from "./array/matrix.js";
export { product, productWithTransposed, transpose, transposedProduct } from "./array/product.js";
export { type Axis, mean, sum } from "./array/reduce.js";
export { ShapeError } from "./array/shapeError.js";
export { OptionError } from "./constraint/constraint.js";
export { type AugmentOptions, augment } from "./data/augmentation/augment.js";
export type { Augmentation, AugmentationName, AugmentationStep } from "./data/augmentation/spec.js";
export type { Dataset, Task } from "./data/dataset.js";
export type { CategoricalFeature, FeatureRule, NumericFeature } from "./data/featureEncoder.js";
export type { CsvColumns, TableEncoderJson } from "./data/fittedEncoder.js";
export type { NormalizerJson } from "./data/fittedNormalizer.js";
export { type Fold, foldIndices } from "./data/folds.js";
export { FormatError } from "./data/formatError.js";
export { type BlobOptions, blobs } from "./data/generators/blobs.js";
export { circles } from "./data/generators/circles.js";
export { type DigitOptions, digits } from "./data/generators/digits.js";
export type { GeneratorOptions } from "./data/generators/generatorOptions.js";
export { moons } from "./data/generators/moons.js";
export { type PaymentOptions, type Payments, payments } from "./data/generators/payments.js";
export { pitch } from "./data/generators/pitch.js";
export { type SpiralOptions, spiral } from "./data/generators/spiral.js";
export { xor } from "./data/generators/xor.js";
export { Normalizer } from "./data/normalizer.js";
export { type Split, type SplitFractions, type SplitOptions, split, splitIndices } from "./data/split.js";
export type { CategoricalColumn, Column, NumericColumn, Table } from "./data/table.js";
export { TableEncoder, type TableEncoderOptions } from "./data/tableEncoder.js";
export type { ClassTarget, NumberTarget, TargetRule } from "./data/targetEncoder.js";
export { diagnose } from "./doctor/diagnose.js";
export type { Finding, Patch, Patient } from "./doctor/finding.js";
export { overfitTest } from "./doctor/overfitTest.js";
export { RunWatch } from "./doctor/runWatch.js";
export type { EngineOption } from "./engine/choose.js";
export type { Engine, Plan } from "./engine/plan.js";
export { Predictor, type PredictorOptions, predict } from "./engine/predict.js";
export type { TrainerState } from "./engine/trainer.js";
export type { DataToExport, GeneratorCall } from "./export/dataToExport.js";
export { exportNumpy } from "./export/exportNumpy.js";
export { exportPytorch } from "./export/exportPytorch.js";
export { exportTypeScript } from "./export/exportTypeScript.js";
export type { RunToExport } from "./export/runToExport.js";
export { parseCheckpoint, serializeCheckpoint } from "./formats/checkpointFile.js";
export type { Model, TablePredictions } from "./formats/model.js";
export { parseModel, serializeModel } from "./formats/modelFile.js";
export { predictRaw, predictTable } from "./formats/predictModel.js";
export { readSafetensors, type SafetensorsFile, type Tensor, writeSafetensors } from "./formats/safetensors.js";
export { summaryOf, type TrainingSummary } from "./formats/trainingSummary.js";
export {
  type AsyncGradientProblem,
  checkGradients,
  checkGradientsAsync,
  type GradientProblem,
} from "./gradcheck/checkGradients.js";
export type { CheckOptions, CheckProgress } from "./gradcheck/checkOptions.js";
export { checkNetwork } from "./gradcheck/network/checkNetwork.js";
export type { NetworkCheckOptions } from "./gradcheck/network/networkOptions.js";
export type { NetworkGradients } from "./gradcheck/network/networkSubject.js";
export { type PlantableBug, type PlantableBugName, plantableBugs } from "./gradcheck/network/planting/plantableBugs.js";
export { type PlantedBug, type PlantedBugs, type Planting, plantBugs } from "./gradcheck/network/planting/plantBugs.js";
export type { TrainingStep } from "./gradcheck/network/trainingStep.js";
export type { ParameterValue } from "./gradcheck/parameterValue.js";
export { type ActivationCheckOptions, checkActivation, type OwnActivation } from "./gradcheck/parts/checkActivation.js";
export { checkLayer, type LayerCheckOptions, type OwnLayer } from "./gradcheck/parts/checkLayer.js";
export { checkLoss, type LossCheckOptions, type OwnLoss } from "./gradcheck/parts/checkLoss.js";
export { relativeError } from "./gradcheck/relativeError.js";
export type { BlockReport, CheckMode, EntryReport, GradientReport, Verdict } from "./gradcheck/report.js";
export { type TextbookCheck, textbookCheck } from "./gradcheck/textbook.js";
export { accuracy } from "./metrics/accuracy.js";
export { confusionMatrix } from "./metrics/confusionMatrix.js";
export { f1 } from "./metrics/f1.js";
export { isHigherBetter, type MetricName } from "./metrics/isHigherBetter.js";
export { logLoss } from "./metrics/logLoss.js";
export { meanSquaredError } from "./metrics/meanSquaredError.js";
export { prAuc } from "./metrics/prAuc.js";
export { precision } from "./metrics/precision.js";
export { type PrecisionRecallCurve, precisionRecallCurve } from "./metrics/precisionRecallCurve.js";
export { predictedClasses } from "./metrics/predictedClasses.js";
export { r2 } from "./metrics/r2.js";
export { recall } from "./metrics/recall.js";
export { rocAuc } from "./metrics/rocAuc.js";
export { type RocCurve, rocCurve } from "./metrics/rocCurve.js";
export { type ClassificationMetrics, type RegressionMetrics, summarize } from "./metrics/summarize.js";
export { backward, type Gradient } from "./network/backward.js";
export { type Cost, type CostOptions, cost } from "./network/cost.js";
export { dense } from "./network/dense.js";
export { type Cache, type DropoutMasks, type Forward, forward } from "./network/forward.js";
export { type Layer, type Network, network, networkWith } from "./network/network.js";
export { type CompleteNetworkSpec, parseNetworkSpec } from "./network/parseSpec.js";
export type { LayerSpec, NetworkSpec } from "./network/spec.js";
export type { DenseSpec } from "./ops/layer/dense/dense.js";
export type {
  ActivationName,
  ActivationSpec,
  CompleteOptimizerSpec,
  InitializerName,
  InitializerSpec,
  LossName,
  OptimizerName,
  OptimizerSpec,
} from "./ops/names.js";
export type { DropoutMask } from "./ops/op.js";
export type { ParameterWindow } from "./ops/parameterWindow.js";
export { RandomState } from "./random/randomState.js";
export { fillMask, RandomStream, type StreamPurpose } from "./random/streams.js";
export type { CurveError, CurvePoint } from "./sweep/curvePoint.js";
export type { CurveReading } from "./sweep/curveReading.js";
export {
  type LearningCurve,
  type LearningCurveOptions,
  learningCurve,
} from "./sweep/learningCurve.js";
export type { SweepTrial } from "./sweep/ranking.js";
export type { FinishedSweepRun, RunOutcome, SweepRun } from "./sweep/run.js";
export type { NumberRange, SearchSpace, Settings, SettingValue } from "./sweep/space.js";
export { type SweepMethod, type SweepOptions, type SweepProgress, type SweepResult, sweep } from "./sweep/sweep.js";
export type { ChangeOptions } from "./training/changes.js";
export type { Checkpoint, CheckpointOptions, MonitorState, RunIdentity } from "./training/checkpoint.js";
export type { Statistics } from "./training/distribution.js";
export { type Evaluation, evaluate, taskOf } from "./training/evaluate.js";
export type { DataFingerprint } from "./training/fingerprint.js";
export type { Histogram } from "./training/histogram.js";
export { type NonFinite, NonFiniteCostError } from "./training/nonFinite.js";
export type { Progress, SessionOptions, TrainOptions, WatchOptions } from "./training/options.js";
export { type CompleteTrainingSpec, parseTrainingSpec } from "./training/parseTraining.js";
export type { BestPoint, HistoryEntry, Run, StopReason } from "./training/run.js";
export { TrainingSession } from "./training/session.js";
export type { LayerSignals } from "./training/signals.js";
export type {
  EarlyStopping,
  TrackedMetric,
  TrainingChange,
  TrainingSpec,
} from "./training/spec.js";
export { train } from "./training/train.js";
