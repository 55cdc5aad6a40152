import type { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { ShapeError } from "../array/shapeError.js";
import { requireNumber } from "../constraint/constraint.js";
import { requireFunction, requireRecord } from "../constraint/kinds.js";
import { RandomStream } from "../random/streams.js";

/** A number by name, where there is one. */
type Numbers = Readonly<Record<string, number | undefined>>;

/** From and to. */
export type Interval = readonly [number, number];

/** Of more examples, resamples are of so many, and what they deviate by is scaled to all: a deviation goes with 1/√m. */
const mostDrawn = 2000;

/**
 * 95 % intervals of metrics by the percentile bootstrap: examples are drawn with replacement, as many as there are, the metrics taken
 * of each such draw, and 2.5 % of the draws left out at each end. Of more than 2,000 examples 2,000 are drawn, and what the draws
 * deviate by shrinks by √(2,000 / m).
 *
 * @param P predictions, outputs × examples
 * @param Y targets of the same shape
 * @param measure the metrics of such a pair; draws where one of them is no finite number do not count for it
 * @param options resamples: 10 … 100,000, default 200. seed: 0 … 2³²−1, default 0; the same gives the same intervals
 * @throws ShapeError when the shapes differ or there are no examples; OptionError for numbers out of range
 * @see Efron & Tibshirani, "An introduction to the bootstrap" (1993), §13.3; Bickel, Götze & van Zwet, "Resampling fewer than n
 *   observations", Statistica Sinica 7 (1997)
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { accuracy, bootstrapIntervals } from "gradproof/metrics";
 * const Y = Matrix.row(Array.from({ length: 100 }, (_, j) => j % 2));
 * const P = Matrix.row(Array.from({ length: 100 }, (_, j) => (j < 90 ? j % 2 : 1 - (j % 2)))); // 90 of 100 are right
 * const [from, to] = bootstrapIntervals(P, Y, (P, Y) => ({ accuracy: accuracy(P, Y) })).accuracy ?? [];
 * [from, to]; // => [0.84, 0.95]
 */
export function bootstrapIntervals<Metrics extends Numbers>(
  P: Matrix,
  Y: Matrix,
  measure: (P: Matrix, Y: Matrix) => Metrics,
  options: { readonly resamples?: number; readonly seed?: number } = {},
): { readonly [Name in keyof Metrics]?: Interval } {
  requireFunction("bootstrapIntervals(): measure", measure, "a function of predictions and targets");
  requireMatrix("bootstrapIntervals(): P", P);
  requireMatrix("bootstrapIntervals(): Y", Y);
  requireRecord("bootstrapIntervals(): options", options);
  const measured = (A: Matrix, B: Matrix): Metrics => {
    const metrics = measure(A, B);
    requireRecord("bootstrapIntervals(): what measure returns", metrics, "numbers by name");
    return metrics;
  };
  const m = P.columns;
  if (P.rows !== Y.rows || m !== Y.columns || m === 0) {
    throw new ShapeError(
      `bootstrapIntervals(): P is ${P.rows} × ${m} and Y ${Y.rows} × ${Y.columns}; they must be alike`,
    );
  }
  const { resamples = 200, seed = 0 } = options;
  const range = { kind: "number", whole: true, min: 10, max: 100_000 } as const;
  const count = requireNumber("bootstrapIntervals(): resamples", resamples, range);
  const drawn = Math.min(m, mostDrawn);
  const random = new RandomStream(seed, "split", 2);
  const indices = new Uint32Array(drawn);
  const values = new Map<string, number[]>();
  for (let r = 0; r < count; r++) {
    for (let j = 0; j < drawn; j++) indices[j] = random.below(m);
    for (const [name, value] of Object.entries(measured(P.selectColumns(indices), Y.selectColumns(indices)))) {
      if (value === undefined || !Number.isFinite(value)) continue;
      const drawn = values.get(name);
      if (drawn === undefined) values.set(name, [value]);
      else drawn.push(value);
    }
  }
  const shrink = Math.sqrt(drawn / m);
  const intervals: Record<string, Interval> = {};
  for (const [name, value] of Object.entries(measured(P, Y))) {
    const all = values.get(name)?.sort((a, b) => a - b);
    if (value === undefined || !Number.isFinite(value) || all === undefined) continue;
    const end = (share: number): number => value + (all[Math.round(share * (all.length - 1))] - value) * shrink;
    intervals[name] = [end(0.025), end(0.975)];
  }
  return intervals as { readonly [Name in keyof Metrics]?: Interval };
}
