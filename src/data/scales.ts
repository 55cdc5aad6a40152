import type { Matrix } from "../array/matrix.js";
import type { FeatureKind } from "./featureRule.js";
import { gatherFeature, requireExamples } from "./gatherFeature.js";
import type { Scales } from "./normalizerJson.js";
import { robustScale } from "./robustScale.js";

/** What a normalizer is fitted on. */
export interface NormalizerOptions {
  /** Indices of the training examples, from 0. Default: all. */
  readonly examples?: ArrayLike<number> | undefined;
  /** What each feature is; all but numbers stay as they are. Default: all are numbers. */
  readonly kinds?: readonly FeatureKind[] | undefined;
}

/**
 * Center and scale of each feature: see `Normalizer.robust`.
 *
 * @param where what messages begin with
 */
export function scalesOf(where: string, X: Matrix, { examples, kinds }: NormalizerOptions): Scales {
  const row = new Float64Array(requireExamples(where, X, examples)); // (1 × examples)
  const flag = new Float64Array(row.length);
  const scales = Array.from({ length: X.rows }, (_, i) => {
    gatherFeature(where, row, X, i, examples);
    if (kinds !== undefined && kinds[i] !== "number") return { center: 0, scale: 1, clip: false };
    if (kinds?.[i + 1] !== "missing") return { ...robustScale(row.slice()), clip: true };
    // What stands in for missing values says nothing of their spread.
    gatherFeature(where, flag, X, i + 1, examples);
    return { ...robustScale(row.filter((_, j) => flag[j] === 0)), clip: true };
  });
  return {
    center: scales.map(({ center }) => center),
    scale: scales.map(({ scale }) => scale),
    clip: scales.map(({ clip }) => clip),
  };
}
