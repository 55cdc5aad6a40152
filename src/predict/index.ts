/** Predictions alone: what a page or a server takes that loads a model and trains nothing. */

// First of all modules, so that bundles have the kernels before the code: code then lies together, within the 32 KB that
// gzip looks back, and is 1 kB shorter.
import "../engine/wasm/generated/predict.js";

export type { DType, FloatArray } from "../array/floatArray.js";
export { Matrix } from "../array/matrix.js";
export { ShapeError } from "../array/shapeError.js";
export { OptionError } from "../constraint/constraint.js";
export type { CsvColumns, FittedEncoder } from "../data/fittedEncoder.js";
export type { FittedNormalizer } from "../data/fittedNormalizer.js";
export { FormatError } from "../data/formatError.js";
export type { CategoricalColumn, Column, NumericColumn, Table } from "../data/table.js";
export type { Cell, TableRecord } from "../data/tableRecord.js";
export type { PredictiveModel as Model, TablePredictions } from "../formats/model.js";
export type { ClassPrediction, NumberPrediction, Prediction } from "../formats/prediction.js";
export type { RecordOptions } from "../formats/recordPredictions.js";
export type { Network } from "../network/network.js";
export { parseModel } from "./parseModel.js";
export { predict } from "./predict.js";
export { predictRaw, predictTable } from "./predictModel.js";
export { type EngineName, Predictor, type PredictorOptions } from "./predictor.js";
export { TrainedModel } from "./trainedModel.js";
