import { say } from "../constraint/codedError.js";
import { OptionError, requireNumber, requireObject, show } from "../constraint/constraint.js";
import { dataWords } from "./words.js";

/** A {@link Normalizer} as plain data, for a model file: by mean and variance, of the logarithm too, or by center and scale. */
export type NormalizerJson = Moments | LogMoments | Scales;

/** `x' = (x − mean) / √variance`. */
export interface Moments {
  /** μ of each feature. */
  readonly mean: readonly number[];
  /** σ² of each feature, 0 for a constant one. */
  readonly variance: readonly number[];
}

/** `x' = (ln(max(x, least) + shift) − mean) / √variance`. */
export interface LogMoments extends Moments {
  /** What is added to each feature, so that the logarithm of 0 is finite; 0 where none is. */
  readonly shift: readonly number[];
  /** The least value of each feature in training: what lies below has its logarithm. */
  readonly least: readonly number[];
}

/** `u = (x − center) / scale`, and where it is clipped `x' = u / √(1 + (u/3)²)`. */
export interface Scales {
  /** Median of each feature; 0 where it stays as it is. */
  readonly center: readonly number[];
  /** Distance between the quartiles of each feature; 1 where it stays as it is. */
  readonly scale: readonly number[];
  /** Whether each feature is clipped smoothly. */
  readonly clip: readonly boolean[];
}

/**
 * Checks a normalizer that comes from a model file.
 *
 * @throws OptionError naming the entry that is wrong
 */
export function parseNormalizer(json: unknown): NormalizerJson {
  const given = requireObject("normalizer", json, ["mean", "variance", "shift", "least", "center", "scale", "clip"]);
  if (given.center === undefined) {
    const { mean, variance, shift, least } = requireObject("normalizer", json, ["mean", "variance", "shift", "least"]);
    const means = numbers("normalizer.mean", mean, {});
    const variances = numbers("normalizer.variance", variance, { min: 0 });
    requireLength({ means: means.length, variances: variances.length });
    const moments = { mean: means, variance: variances };
    return shift === undefined && least === undefined
      ? moments
      : { ...moments, ...parseLogShift(shift, least, means.length) };
  }
  const { center, scale, clip } = requireObject("normalizer", json, ["center", "scale", "clip"]);
  const centers = numbers("normalizer.center", center, {});
  const scales = numbers("normalizer.scale", scale, { above: 0 });
  if (!Array.isArray(clip) || !clip.every((one) => typeof one === "boolean")) {
    throw new OptionError(say(dataWords, "normalizer.clip", { given: show(clip) }));
  }
  requireLength({ centers: centers.length, scales: scales.length });
  requireLength({ centers: centers.length, clips: clip.length });
  return { center: centers, scale: scales, clip };
}

function parseLogShift(shift: unknown, least: unknown, means: number): Pick<LogMoments, "shift" | "least"> {
  const shifts = numbers("normalizer.shift", shift, { min: 0 });
  const leasts = numbers("normalizer.least", least, { min: 0 });
  requireLength({ means, shifts: shifts.length });
  requireLength({ means, leasts: leasts.length });
  for (const [i, value] of leasts.entries()) {
    requireNumber(`normalizer.least[${i}] + shift[${i}]`, value + shifts[i], { kind: "number", above: 0 });
  }
  return { shift: shifts, least: leasts };
}

function requireLength(lengths: Readonly<Record<string, number>>): void {
  const [[first, length], [second, other]] = Object.entries(lengths);
  if (length !== other) throw new OptionError(say(dataWords, "normalizer.lengths", { first, length, second, other }));
}

function numbers(where: string, value: unknown, range: { readonly min?: number; readonly above?: number }): number[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new OptionError(say(dataWords, "normalizer.list", { where, given: show(value) }));
  }
  for (const [i, entry] of value.entries()) requireNumber(`${where}[${i}]`, entry, { kind: "number", ...range });
  return value;
}
