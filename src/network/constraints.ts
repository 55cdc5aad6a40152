import type { NumberConstraint } from "../constraint/constraint.js";

/** The ranges of a network's own numbers; those of its operations stand with them. */
export const networkConstraints = {
  inputs: { kind: "number", what: "number of features", whole: true, min: 1 },
  seed: { kind: "number", what: "seed of the initial weights", whole: true, min: 0, max: 2 ** 32 - 1 },
} as const satisfies Record<string, NumberConstraint>;
