import { Matrix } from "../array/matrix.js";
import { exp } from "../numeric/exp.js";
import { log } from "../numeric/log.js";
import { gatherFeature, requireExamples } from "./gatherFeature.js";
import { momentsOf } from "./moments.js";
import type { LogMoments } from "./normalizerJson.js";
import { quantile } from "./quantile.js";

/** What the logarithm of a feature takes beside its moments. */
export type LogShift = Pick<LogMoments, "shift" | "least">;

/** Nothing larger comes back: the logarithm of twice the largest target, 10¹⁵⁰, and more, whose square is finite. */
const most = 347;

/** `ln(max(x, least) + shift)`. */
export function logOf({ shift, least }: LogShift, x: number, feature: number): number {
  return log(Math.max(x, least[feature]) + shift[feature]);
}

/** `eᵘ − shift`, and never below 0: undoes {@link logOf} from the least value on. */
export function undoLog({ shift }: LogShift, u: number, feature: number): number {
  return Math.max(0, exp(Math.min(u, most)) - shift[feature]);
}

/**
 * Shift, least value, and moments of the logarithm of each feature: see `Normalizer.log`.
 *
 * @param where what messages begin with
 */
export function logMomentsOf(where: string, X: Matrix, examples: ArrayLike<number> | undefined): LogMoments {
  const row = new Float64Array(requireExamples(where, X, examples)); // (1 × examples)
  const logs = Matrix.zeros(X.rows, row.length, "float64"); // (features × examples)
  const shift: number[] = [];
  const least: number[] = [];
  for (let i = 0; i < X.rows; i++) {
    gatherFeature(where, row, X, i, examples);
    const negative = row.findIndex((x) => x < 0);
    if (negative >= 0) {
      throw new RangeError(`${where}: feature ${i} of example ${negative} is ${row[negative]}; expected none below 0`);
    }
    const positive = row.filter((x) => x > 0).sort();
    const allPositive = positive.length === row.length;
    least.push(allPositive ? positive[0] : 0);
    shift.push(allPositive ? 0 : positive.length === 0 ? 1 : quantile(positive, 0.25));
    for (const [j, x] of row.entries()) logs.set(i, j, logOf({ shift, least }, x, i));
  }
  return { shift, least, ...momentsOf(where, logs, undefined) };
}
