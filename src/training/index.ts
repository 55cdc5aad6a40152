/** Parts of training: ranges of its options, and judging a network over and over. Entry point `gradproof/training`. */

export { trainingConstraints } from "./constraints.js";
export { evaluateWith } from "./evaluate.js";
export { notOfSearches } from "./findLearningRate.js";
export { type RunLength, runLengthOf } from "./runLength.js";
export { temper } from "./temperature.js";
