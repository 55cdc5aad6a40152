import type { NumberConstraint } from "../../constraint/constraint.js";

/** Ranges of what a source of points holds. */
export const pointConstraints = {
  examples: { kind: "number", what: "training points", whole: true, min: 10, max: 100_000 },
  test: { kind: "number", what: "test points", whole: true, min: 10, max: 100_000 },
  noise: { kind: "number", what: "standard deviation of the noise", min: 0, max: 1e6 },
  // The test points are drawn with the seed after this one.
  seed: { kind: "number", what: "seed of the points", whole: true, min: 0, max: 2 ** 32 - 2 },
  classes: { kind: "number", what: "number of classes", whole: true, min: 2, max: 1000 },
  scale: { kind: "number", what: "factor of a feature", min: 1e-6, max: 1e6 },
  offset: { kind: "number", what: "what is added to a feature", min: -1e6, max: 1e6 },
  share: { kind: "number", what: "share of the points", min: 0, max: 1 },
  testShare: { kind: "number", what: "share of the points to test on", min: 0.05, max: 0.9 },
  target: { kind: "number", what: "target" },
  feature: { kind: "number", what: "feature" },
} as const satisfies Record<string, NumberConstraint>;
