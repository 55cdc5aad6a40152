import type { NumberConstraint } from "../constraint/constraint.js";

/** The ranges of everything numeric in a network's specification. */
export const networkConstraints = {
  inputs: { kind: "number", what: "number of features", whole: true, min: 1 },
  units: { kind: "number", what: "units of the layer", whole: true, min: 1 },
  slope: { kind: "number", what: "slope of leakyRelu below zero", min: 0, max: 1 },
  gain: { kind: "number", what: "multiplier of the initializer's standard deviation", above: 0 },
  value: { kind: "number", what: "value every weight starts from" },
  scale: { kind: "number", what: "standard deviation of the starting weights", min: 0 },
  limit: { kind: "number", what: "starting weights lie between −limit and limit", min: 0 },
  bias: { kind: "number", what: "value every bias starts from" },
  seed: { kind: "number", what: "seed of the initial weights", whole: true, min: 0, max: 2 ** 32 - 1 },
} as const satisfies Record<string, NumberConstraint>;
