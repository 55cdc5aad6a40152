/** The library's core: no dependency, no Node, runs in a browser as it is. */

export type { DType, FloatArray } from "./array/floatArray.js";
export { Matrix } from "./array/matrix.js";
export { ShapeError } from "./array/shapeError.js";
export { CodedError, type Said } from "./constraint/codedError.js";
export { OptionError } from "./constraint/constraint.js";
export { errorInWords } from "./constraint/errorInWords.js";
export type { Details, Message, SameWords, Words } from "./constraint/message.js";
export type { Augmentation, AugmentationName, AugmentationStep } from "./data/augmentation/spec.js";
export type { Dataset, Task } from "./data/dataset.js";
export type {
  CategoricalFeature,
  CategoryEncoding,
  FeatureKind,
  FeatureRule,
  MeanFeature,
  NumericFeature,
} from "./data/featureRule.js";
export type { CsvColumns, TableEncoderJson } from "./data/fittedEncoder.js";
export { FormatError } from "./data/formatError.js";
export { Normalizer } from "./data/normalizer.js";
export type { NormalizerJson } from "./data/normalizerJson.js";
export { type Split, type SplitFractions, type SplitOptions, split } from "./data/split.js";
export type { CategoricalColumn, Column, NumericColumn, Table } from "./data/table.js";
export { TableEncoder, type TableEncoderOptions } from "./data/tableEncoder.js";
export type { Cell, TableRecord } from "./data/tableRecord.js";
export type { ClassTarget, NumberTarget, TargetRule } from "./data/targetEncoder.js";
export { diagnose } from "./doctor/diagnose.js";
export type { Finding, Patch, SymptomName, TrainedRun } from "./doctor/finding.js";
export { type DoctorWords, type FindingInWords, findingInWords, symptomInWords } from "./doctor/findingInWords.js";
export { overfitTest } from "./doctor/overfitTest.js";
export { RunWatch } from "./doctor/runWatch.js";
export type { EngineOption } from "./engine/choose.js";
export type { Engine, Plan } from "./engine/plan.js";
export { Predictor, type PredictorOptions, predict } from "./engine/predict.js";
export { predictMembers } from "./engine/predictMembers.js";
export type { StepSettings, TrainerState } from "./engine/trainer.js";
export type { Model, TablePredictions } from "./formats/model.js";
export { parseModel, serializeModel } from "./formats/modelFile.js";
export type { ClassPrediction, NumberPrediction, Prediction } from "./formats/prediction.js";
export { predictRaw, predictTable } from "./formats/predictModel.js";
export type { RecordOptions } from "./formats/recordPredictions.js";
export { TrainedModel } from "./formats/trainedModel.js";
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
export type { TrainingStep } from "./gradcheck/network/trainingStep.js";
export type { ParameterValue } from "./gradcheck/parameterValue.js";
export type { BlockReport, CheckMode, EntryReport, GradientReport, Verdict } from "./gradcheck/report.js";
export type { MetricName } from "./metrics/isHigherBetter.js";
export type { ClassificationMetrics, RegressionMetrics } from "./metrics/summarize.js";
export { activation } from "./network/activationLayer.js";
export { backward, type Gradient } from "./network/backward.js";
export { batchNorm } from "./network/batchNorm.js";
export { type ConcatenationSpec, concatenation } from "./network/concatenation.js";
export { type Cost, type CostOptions, cost } from "./network/cost.js";
export { dense } from "./network/dense.js";
export { dropout } from "./network/dropout.js";
export { embedding } from "./network/embedding.js";
export { type Cache, type Forward, forward } from "./network/forward.js";
export { layerNorm } from "./network/layerNorm.js";
export { type MembersSpec, members } from "./network/members.js";
export { type Layer, type Network, network, networkWith } from "./network/network.js";
export { type CompleteNetworkSpec, parseNetworkSpec } from "./network/parseSpec.js";
export type { DropoutMasks, PassOptions } from "./network/passOptions.js";
export { periodic } from "./network/periodic.js";
export { piecewiseLinear } from "./network/piecewiseLinear.js";
export { type ResidualSpec, residual } from "./network/residual.js";
export { scaling } from "./network/scaling.js";
export type { LayerSpec, NetworkSpec } from "./network/spec.js";
export type { ActivationLayerSpec } from "./ops/layer/activation/activation.js";
export type { BatchNormSpec } from "./ops/layer/batchNorm/batchNorm.js";
export type { DenseSpec } from "./ops/layer/dense/dense.js";
export type { DropoutSpec } from "./ops/layer/dropout/dropout.js";
export type { EmbeddingSpec } from "./ops/layer/embedding/embedding.js";
export type { LayerNormSpec } from "./ops/layer/layerNorm/layerNorm.js";
export type { PeriodicSpec } from "./ops/layer/periodic/periodic.js";
export type { PiecewiseLinearSpec } from "./ops/layer/piecewiseLinear/piecewiseLinear.js";
export type { ScalingSpec } from "./ops/layer/scaling/scaling.js";
export type {
  ActivationName,
  ActivationSpec,
  AverageSpec,
  CompleteAverageSpec,
  CompleteOptimizerSpec,
  CompleteScheduleSpec,
  InitializerName,
  InitializerSpec,
  LossName,
  LossSpec,
  OptimizerName,
  OptimizerSpec,
  ScheduleName,
  ScheduleSpec,
} from "./ops/names.js";
export type { DropoutMask } from "./ops/op.js";
export type { ParameterWindow } from "./ops/parameterWindow.js";
export type { ChangeOptions } from "./training/changes.js";
export type { Checkpoint, CheckpointOptions, MonitorState, RunIdentity } from "./training/checkpoint.js";
export type { Statistics } from "./training/distribution.js";
export { type Evaluation, evaluate, taskOf } from "./training/evaluate.js";
export { evaluateMembers } from "./training/evaluateMembers.js";
export { findLearningRate, type RateSearchOptions } from "./training/findLearningRate.js";
export type { DataFingerprint } from "./training/fingerprint.js";
export type { Histogram } from "./training/histogram.js";
export { type Member, type MemberRun, MembersSession, type MembersWatch } from "./training/membersSession.js";
export { type NonFinite, NonFiniteCostError } from "./training/nonFinite.js";
export type { Progress, SessionOptions, TrainOptions, WatchOptions } from "./training/options.js";
export { type CompleteTrainingSpec, parseTrainingSpec } from "./training/parseTraining.js";
export type { RatePoint, RateSearch } from "./training/rateCurve.js";
export type { BestPoint, HistoryEntry, Run, StopReason } from "./training/run.js";
export { TrainingSession } from "./training/session.js";
export type { LayerSignals } from "./training/signals.js";
export type { EarlyStopping, TrackedMetric, TrainingChange, TrainingSpec } from "./training/spec.js";
export { train } from "./training/train.js";
export { type TrainMembersOptions, trainMembers } from "./training/trainMembers.js";
