import type { NumberConstraint } from "../../src/constraint/constraint.js";

/** Ranges of what an experiment holds beside the library's own specifications; they bound what a link can ask for. */
export const labConstraints = {
  examples: { kind: "number", what: "training points", whole: true, min: 10, max: 5000 },
  test: { kind: "number", what: "test points", whole: true, min: 10, max: 5000 },
  noise: { kind: "number", what: "standard deviation of the noise", min: 0, max: 5 },
  seed: { kind: "number", what: "seed", whole: true, min: 0, max: 2 ** 32 - 2 },
  classes: { kind: "number", what: "number of classes", whole: true, min: 2, max: 6 },
  scale: { kind: "number", what: "factor of a feature", min: 1e-6, max: 1e6 },
  offset: { kind: "number", what: "what is added to a feature", min: -1e6, max: 1e6 },
  share: { kind: "number", what: "a share", min: 0, max: 1 },
  testShare: { kind: "number", what: "share of the points to test on", min: 0.05, max: 0.9 },
  target: { kind: "number", what: "a target" },
  feature: { kind: "number", what: "a feature" },
} as const satisfies Record<string, NumberConstraint>;

/** Numbers that a link may hold as data of its own; more do not fit into an address. */
export const MOST_LINKED_NUMBERS = 4000;
/** Of a network in a link: enough for everything the page shows, little enough for any machine. */
export const MOST_LAYERS = 64;
export const MOST_PARAMETERS = 200_000;
export const MOST_ITERATIONS = 10_000_000;
