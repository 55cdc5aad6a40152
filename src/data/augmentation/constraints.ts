import type { NumberConstraint } from "../../constraint/constraint.js";
import type { AugmentationName } from "./spec.js";

/** A parameter's range and what it is where it is not given. */
export type Parameter = NumberConstraint & { readonly byDefault: number };

/** Every step with its parameters, the chief one first: checks, flags and documentation read this table. */
export const augmentationSteps = {
  horizontalFlip: {
    probability: { kind: "number", what: "probability to mirror", min: 0, max: 1, byDefault: 0.5 },
  },
  crop: {
    least: { kind: "number", what: "smallest share of each side kept", above: 0, max: 1, byDefault: 0.8 },
  },
  rotation: {
    degrees: { kind: "number", what: "largest angle in degrees", min: 0, max: 180, byDefault: 10 },
  },
  shift: {
    pixels: { kind: "number", what: "largest shift in pixels", min: 0, max: 1e6, byDefault: 2 },
  },
  elastic: {
    pixels: { kind: "number", what: "root-mean-square displacement in pixels", min: 0, max: 1e3, byDefault: 0.5 },
    spacing: { kind: "number", what: "pixels between the grid's knots", min: 1, max: 1e6, byDefault: 7 },
  },
  brightness: {
    amount: { kind: "number", what: "largest change of all values", min: 0, max: 1e100, byDefault: 0.1 },
  },
} as const satisfies Record<AugmentationName, Readonly<Record<string, Parameter>>>;

export const augmentationNames = Object.keys(augmentationSteps) as AugmentationName[];

/** Height, width, channels. */
export const imageConstraints = {
  height: { kind: "number", what: "rows of pixels", whole: true, min: 1, max: 1e5 },
  width: { kind: "number", what: "columns of pixels", whole: true, min: 1, max: 1e5 },
  channels: { kind: "number", what: "values a pixel", whole: true, min: 1, max: 1e5 },
} as const satisfies Record<string, NumberConstraint>;
