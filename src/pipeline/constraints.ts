import type { NumberConstraint } from "../constraint/constraint.js";
import { trainingConstraints } from "../training/constraints.js";

/** Ranges of the numbers in a `DataSpec`: checks, flags and documentation read this table. */
export const dataConstraints = {
  validation: { kind: "number", what: "share of the examples kept for validation", above: 0, below: 1 },
  seed: { ...trainingConstraints.seed, what: "seed of the split" },
  costOfMistake: { kind: "number", what: "cost of a mistake", above: 0, max: 1e9 },
} as const satisfies Record<string, NumberConstraint>;

/** The range of `members` of a configuration. */
export const ensembleConstraints = {
  members: {
    kind: "number",
    what: "networks of an ensemble, each with seeds of its own",
    whole: true,
    min: 1,
    max: 1000,
  },
} as const satisfies Record<string, NumberConstraint>;
