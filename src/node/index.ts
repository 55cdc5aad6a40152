/** Files, and engines that need Node. Entry point `gradproof/node`. */

export type { ThreadsEngine } from "../engine/wasm/threadsEngine.js";
export type { SummaryValues } from "../formats/tensorboard/event.js";
export { BlasError } from "./blas.js";
export { loadCheckpoint, loadCheckpoints, saveCheckpoint, saveCheckpoints } from "./checkpointFiles.js";
export type { EngineName } from "./engineNames.js";
export { type EngineInfo, engines, type OpenEngine, openEngine } from "./engines.js";
export { FileError } from "./fileError.js";
export { loadModel, saveModel } from "./modelFiles.js";
export { type BlasEngine, type NativeOptions, nativeEngine } from "./nativeEngine.js";
export { readTable } from "./readTable.js";
export { makeRunFolder } from "./runFolder.js";
export { startThreads } from "./startThreads.js";
export { TensorBoardWriter } from "./tensorBoardWriter.js";
