import type { ActivationName, LossName } from "../../ops/names.js";
import { Struct } from "./struct.js";

/** One entry of a plan's table of layers; `kernels/plan.ts` says what the fields mean. */
export const layerStruct = new Struct({
  units: "i32",
  inputs: "i32",
  activation: "i32",
  drops: "i32",
  W: "i32",
  b: "i32",
  A: "i32",
  kept: "i32",
  dZ: "i32",
  mask: "i32",
  slope: "f64",
  keep: "f64",
});

/** A plan; `kernels/plan.ts` says what the fields mean. */
export const planStruct = new Struct({
  layers: "i32",
  depth: "i32",
  loss: "i32",
  size: "i32",
  thetaBytes: "i32",
  theta: "i32",
  dTheta: "i32",
  previous: "i32",
  tiles: "i32",
  tileBytes: "i32",
  tileColumns: "i32",
  stride: "i32",
  count: "i32",
  weighted: "i32",
  output: "i32",
  sharesRows: "i32",
  tilesInChunk: "i32",
  partials: "i32",
  costs: "i32",
  workspace: "i32",
  workspaceBytes: "i32",
  scratch: "i32",
  threads: "i32",
  usesGemm: "i32",
  records: "i32",
  recordBytes: "i32",
  examples: "i32",
  batchSize: "i32",
  indices: "i32",
  shuffledEpoch: "f64",
  seed: "i32",
  drawsMasks: "i32",
  optimizer: "i32",
  average: "i32",
  square: "i32",
  learningRate: "f64",
  beta1: "f64",
  beta2: "f64",
  epsilon: "f64",
  weightDecay: "f64",
  power1: "f64",
  power2: "f64",
  penalty: "f64",
  cost: "f64",
  total: "f64",
});

/** Numbers of `kernels/activation.ts`. */
export const activationCodes: Readonly<Record<ActivationName, number>> = {
  linear: 0,
  relu: 1,
  leakyRelu: 2,
  tanh: 3,
  sigmoid: 4,
  softmax: 5,
};

/** Numbers of `kernels/lossHead.ts`. */
export const lossCodes: Readonly<Record<LossName, number>> = {
  binaryCrossEntropy: 0,
  categoricalCrossEntropy: 1,
  meanSquaredError: 2,
};

/** Numbers of `kernels/optimizer.ts`. */
export const optimizerCodes = { gradientDescent: 0, momentum: 1, rmsprop: 2, adam: 3 } as const;

/** The threads' control block; `kernels/barrier.ts` says what the fields mean. */
export const controlStruct = new Struct({
  arrived: "i32",
  round: "i32",
  sleepers: "i32",
  threads: "i32",
  maySleep: "i32",
  failed: "i32",
  command: "i32",
  kind: "i32",
  plan: "i32",
  steps: "i32",
  iteration: "f64",
});

export const controlAddress = 16_384;
