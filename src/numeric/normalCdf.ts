import { timesPowerOfTwo } from "./exp.js";
import { gaussianParts } from "./gaussian.js";

/**
 * The standard normal distribution, `Φ(z) = ½ (1 + erf(z/√2))`, by which GELU multiplies z, with an error below 2.5 ulp.
 *
 * The left tail keeps its digits, which 1 + erf would lose. With t = |z| it is
 *
 * `Φ(−t) = ½ e^(−t²/2) (1 + x) / (1 + t)`, −0.21 < x < 0.05,
 *
 * and x = 2wQ(w) with `w = t / (t + 4)` and Q a polynomial: test/fixtures/normalCdf.py makes its coefficients. What is
 * small is added last: x joins p of `e^(−t²/2) = 2ᵏ (1 + p)`, and what 1 + t loses by rounding joins x.
 *
 * Source of the variable w: M. M. Shepherd & J. G. Laframboise, "Chebyshev approximation of (1 + 2x) exp(x²) erfc x in
 * 0 ≤ x < ∞", Math. Comp. 36 (1981).
 */
export function normalCdf(z: number): number {
  const { k, p } = gaussianParts(z);
  const t = Math.min(Math.abs(z), 38.62); // from here on the tail rounds to 0
  const w = t / (t + 4);
  const s = w - 0.75;
  const s2 = s * s;
  const s4 = s2 * s2;
  let Q = 0;
  for (let i = c.length - 4; i >= 0; i -= 4) Q = c[i] + s * c[i + 1] + s2 * (c[i + 2] + s * c[i + 3]) + s4 * Q;
  const sum = 1 + t;
  const inverse = 1 / sum;
  const x = 2 * (w * Q) - (t - (sum - 1)) * inverse;
  const y = p + x * (1 + p);
  const tail = timesPowerOfTwo(0.5 * (inverse + inverse * y), k);
  return z < 0 ? tail : 1 - tail;
}

/** Q in powers of w − ¾, around which its terms do not cancel; the error of x is below 2⁻⁵⁶. */
const c = [
  -0.09433783466161473, -0.0680241006383046, 0.23155946040148134, -0.3413628835717312, 0.35036658755789046,
  -0.2508044396390094, 0.09139893741032173, 0.04206311067079987, -0.08196804718597235, 0.032092132956355546,
  0.034054893928002594, -0.04266572289708996, -0.004833627179992835, 0.03817354030161305, -0.009959384666575625,
  -0.03191929394395722, 0.010290411261259257, -0.02359288632525956, -0.17567449046259154, -0.291298849084622,
  -0.2548079637726105, -0.1320552087348883, -0.03884227459317608, -0.005058095667796811,
];
