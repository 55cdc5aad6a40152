import { DIGIT_SIDE, defaultClasses, type PointSource } from "./pointSource.js";
import { requireSource } from "./requireSource.js";

/** What a network for some points must fit. */
export interface PointShape {
  /** Rows of X. */
  readonly features: number;
  /** Undefined where a number is predicted. */
  readonly classes: number | undefined;
  /** Rows of Y: one a class, but one for two classes and for a number. */
  readonly outputs: number;
}

/**
 * The shape of the points, without drawing them.
 *
 * @example
 * import { shapeOf } from "gradproof/pipeline";
 * const { features, outputs } = shapeOf({ kind: "digits", examples: 1000, test: 100, noise: 0.05, seed: 1 });
 * [features, outputs]; // => [784, 10]
 */
export function shapeOf(source: PointSource): PointShape {
  requireSource("shapeOf()", source);
  const features = source.kind === "own" ? source.features.length : source.kind === "digits" ? DIGIT_SIDE ** 2 : 2;
  const classes = classesOf(source);
  return { features, classes, outputs: classes === undefined || classes === 2 ? 1 : classes };
}

function classesOf(source: PointSource): number | undefined {
  switch (source.kind) {
    case "own":
      return source.classNames?.length;
    case "digits":
      return 10;
    case "spiral":
    case "blobs":
      return source.classes ?? defaultClasses;
    default:
      return 2;
  }
}
