import type { NumberConstraint } from "../constraint/constraint.js";

/** The ranges of everything numeric in a training specification: checks, flags and documentation read this table. */
export const trainingConstraints = {
  learningRate: { kind: "number", what: "learning rate α", above: 0 },
  iterations: { kind: "number", what: "length of the run in update steps", whole: true, min: 1 },
  epochs: { kind: "number", what: "length of the run in passes over the training set", whole: true, min: 1 },
  batchSize: { kind: "number", what: "examples a step", whole: true, min: 1 },
  l2: { kind: "number", what: "λ of the penalty λ/(2m) Σ‖W‖²", min: 0 },
  clipNorm: { kind: "number", what: "most that the norm of the whole gradient may be", above: 0 },
  clipValue: { kind: "number", what: "most that an entry of the gradient may be", above: 0 },
  keep: { kind: "number", what: "probability to keep a hidden unit (inverted dropout)", above: 0, max: 1 },
  inputKeep: { kind: "number", what: "probability to keep an input feature", above: 0, max: 1 },
  dropoutReseed: {
    kind: "number",
    what: "seed of the same masks at every step",
    whole: true,
    min: 0,
    max: 2 ** 32 - 1,
  },
  classWeight: { kind: "number", what: "weight of a class in the cost", min: 0 },
  patience: { kind: "number", what: "checks without improvement before stopping", whole: true, min: 1 },
  minDelta: { kind: "number", what: "smallest improvement that counts", min: 0 },
  seed: { kind: "number", what: "seed of shuffling and dropout", whole: true, min: 0, max: 2 ** 32 - 1 },
  recordEvery: { kind: "number", what: "steps between history entries", whole: true, min: 1 },
  checkpointEvery: { kind: "number", what: "epochs from one checkpoint to the next", whole: true, min: 1 },
  changeAt: { kind: "number", what: "update step from which a setting changes", whole: true, min: 0 },
} as const satisfies Record<string, NumberConstraint>;
