import type { NumberRange } from "../constraint/constraint.js";

/** The ranges of a network's own numbers; those of its operations stand with them. */
export const networkConstraints = {
  inputs: { kind: "number", whole: true, min: 1 },
  seed: { kind: "number", whole: true, min: 0, max: 2 ** 32 - 1 },
} as const satisfies Record<string, NumberRange>;
