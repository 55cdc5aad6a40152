import { median, quantile } from "./quantile.js";

/** What a feature is scaled by: `u = (x − center) / scale`. */
export interface Scale {
  readonly center: number;
  readonly scale: number;
}

/**
 * Center and scale of a feature that outliers do not move: the median, and the distance between the quartiles. Where the
 * quartiles coincide, half the distance between the least and the greatest value; of a constant 1.
 *
 * Source: D. Holzmüller, L. Grinsztajn & I. Steinwart, "Better by default" (2024), arXiv 2407.04491, section 3.
 *
 * @param values finite numbers, sorted in place; of none the center is 0, the scale 1
 */
export function robustScale(values: Float64Array): Scale {
  if (values.length === 0) return { center: 0, scale: 1 };
  values.sort();
  const spread = quantile(values, 0.75) - quantile(values, 0.25);
  const range = values[values.length - 1] / 2 - values[0] / 2;
  // A distance may overflow where the values do not.
  const scale = Math.min(spread > 0 ? spread : range, Number.MAX_VALUE);
  return { center: median(values), scale: scale > 0 ? scale : 1 };
}
