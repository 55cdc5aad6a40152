import { say } from "../say.js";
import { sizeOf } from "../shape.js";
import { groupsAlong, longAxes, subsets } from "./axes.js";
import type { Cause } from "./cause.js";
import type { Facts } from "./facts.js";
import { areParallel } from "./multipleOfParameters.js";

/** Entries that a mean has to be of: two of them leave nothing once mean and variance are taken off. */
const leastEntries = 3;
/** Entries that have to fit. */
const leastMeasured = 4;
/** The largest ε beside a variance. */
const largestEpsilon = 0.1;

/** Entries of x that a norm takes mean and variance of. */
interface Grouping {
  readonly axes: readonly number[];
  /** Channels of one group along axis 1, where a group is some of them. */
  readonly channels?: number;
}

/** What may be missing, and the sentence that says so. */
const terms = { mean: "norm.mean", variance: "norm.variance", both: "norm.both", square: "norm.square" } as const;
type Term = keyof typeof terms;
const names = ["mean", "variance", "both", "square"] as const satisfies readonly Term[];

/**
 * `dx` of a norm without the terms of its statistics. Where x̂ = (x − μ) / √(σ² + ε), the right gradient is
 * `u − mean(u) − x̂ mean(u ∘ x̂)`: what a wrong one still has of the mean, and of x̂, was to be taken off it. Of a norm that divides by the
 * root of the mean square alone (RMS), x stands in the place of x − μ.
 *
 * @see S. Ioffe & C. Szegedy, "Batch normalization" (2015), section 3; J. L. Ba, J. R. Kiros & G. E. Hinton, "Layer normalization" (2016)
 */
export const normTerms: Cause = (facts) => {
  const { gradient, shape, positions, telling } = facts;
  if (!telling || positions.length < leastMeasured) return undefined;
  for (const grouping of groupings(shape)) {
    const sums = new Groups(facts, grouping);
    const term = names.find((one) => sums.repairs(one));
    if (term === undefined) continue;
    const { axes, channels } = grouping;
    return say(terms[term], { gradient, axes: axes.map(String), channels });
  }
  return undefined;
};

function groupings(shape: readonly number[]): Grouping[] {
  const size = sizeOf(shape);
  const long = longAxes(shape);
  const whole = subsets(long).map((axes) => ({ axes }));
  const rest = long.filter((axis) => axis > 1);
  const parts = shape.length < 2 ? [] : divisors(shape[1]).map((channels) => ({ axes: [1, ...rest], channels }));
  return [...whole, ...parts].filter(({ axes, ...part }) => {
    const entries = axes.reduce((product, axis) => product * shape[axis], 1);
    const count = "channels" in part ? (entries / shape[1]) * Number(part.channels) : entries;
    return count >= leastEntries && (count < size || shape.length === 1);
  });
}

/** Divisors of a number but 1 and itself. */
function divisors(n: number): number[] {
  return Array.from({ length: n }, (_, k) => k + 1).filter((d) => d > 1 && d < n && n % d === 0);
}

/** Means over the groups of a grouping. */
class Groups {
  private readonly facts: Facts;
  private readonly group: Int32Array;
  private readonly means: { readonly x: number; readonly square: number; readonly u: number; readonly ux: number }[];

  constructor(facts: Facts, { axes, channels }: Grouping) {
    const { shape, evidence } = facts;
    const { claimed, parameters } = evidence;
    this.facts = facts;
    this.group = groupsAlong(shape, axes, channels);
    const count = this.group.reduce((most, g) => Math.max(most, g + 1), 0);
    const sums = Array.from({ length: count }, () => ({ n: 0, x: 0, square: 0, u: 0, ux: 0 }));
    for (const [position, g] of this.group.entries()) {
      const [x, u] = [parameters[position], claimed[position]];
      const sum = sums[g];
      sum.n++;
      sum.x += x;
      sum.square += x * x;
      sum.u += u;
      sum.ux += u * x;
    }
    this.means = sums.map(({ n, x, square, u, ux }) => ({ x: x / n, square: square / n, u: u / n, ux: ux / n }));
  }

  /** Whether taking a term off the claimed gradient gives the derivatives. */
  repairs(term: Term): boolean {
    const { facts } = this;
    const { claimed, numerical, positions, evidence } = facts;
    const at = (k: number) => {
      const mean = this.means[this.group[positions[k]]];
      const x = evidence.parameters[positions[k]];
      // Of the centered x, or of x itself.
      return term === "square"
        ? { off: x, spread: mean.square, along: mean.ux, level: 0 }
        : { off: x - mean.x, spread: mean.square - mean.x ** 2, along: mean.ux - mean.u * mean.x, level: mean.u };
    };
    const level = (k: number): number => (term === "mean" || term === "both" ? at(k).level : 0);
    if (term === "mean") return facts.repaired((k) => claimed[k] - level(k));
    // What is a multiple of x̂ alone fits any factor.
    const offs = positions.map((_, k) => at(k).off);
    const centered = claimed.map((value, k) => value - level(k));
    if (areParallel(offs, centered, facts.error)) return false;
    // (claimed − level − numerical) (σ² + ε) = (x − μ) mean(u (x − μ)) in every entry, with one ε ≥ 0.
    let [above, below] = [0, 0];
    for (let k = 0; k < positions.length; k++) {
      const { off, spread, along } = at(k);
      const rest = claimed[k] - level(k) - numerical[k];
      above += rest * (off * along - rest * spread);
      below += rest * rest;
    }
    const epsilon = Math.max(0, below > 0 ? above / below : 0);
    const typical = this.means.reduce((sum, { square, x }) => sum + square - x * x, 0) / this.means.length;
    if (!(epsilon <= largestEpsilon * Math.max(1, typical))) return false;
    return facts.repaired((k) => {
      const { off, spread, along } = at(k);
      return claimed[k] - level(k) - (off * along) / (spread + epsilon || 1);
    });
  }
}
