import { Matrix } from "../array/matrix.js";
import { type NumberConstraint, OptionError, requireNumber } from "../constraint/constraint.js";
import { requireList, requireRecord } from "../constraint/kinds.js";
import { distributionFunction, outcomeAt, requireProbabilities } from "./choice.js";
import { MersenneTwister } from "./mersenneTwister.js";
import { PolarMethod } from "./polarMethod.js";

/** Options of {@link RandomState.choice}. */
export interface ChoiceOptions {
  /** How many outcomes to draw. */
  readonly size: number;
  /** Whether an outcome may be drawn more than once. Default true. */
  readonly replace?: boolean;
  /** Probability of each outcome. Default: all the same. */
  readonly p?: ArrayLike<number>;
}

/**
 * NumPy's legacy random generator, `numpy.random.RandomState(seed)`: the same seed and the same calls give the same
 * numbers, bit for bit.
 *
 * It is what seeds initial weights and the generators of data, so that a seed means here what it means in NumPy. For
 * numbers keyed by purpose, layer and step see {@link RandomStream}.
 *
 * `gauss`, `randn` and `normal` take the logarithm of a uniform draw. Here it is correctly rounded, and so the same in
 * every JavaScript engine; NumPy takes the logarithm of the C library it runs on, which may be off by one ulp. With glibc
 * that makes 4 draws in 10,000 differ, in their last digit; NumPy itself promises these draws "up to roundoff error".
 *
 * @param seed whole number, 0 … 2³²−1
 * @throws OptionError for another seed
 *
 * Source: https://numpy.org/doc/stable/reference/random/legacy.html
 *
 * @example
 * import { RandomState } from "gradproof/random";
 * const random = new RandomState(1);
 * random.rand(1, 3).toArray(); // => [[0.417022004702574, 0.7203244934421581, 0.00011437481734488664]]
 * new RandomState(1).randn(2, 2).toArray(); // => [[1.6243453636632417, -0.6117564136500754], [-0.5281717522634557, -1.0729686221561705]]
 * Array.from(new RandomState(1).permutation(10)); // => [2, 9, 6, 4, 0, 3, 1, 7, 8, 5]
 * Array.from(new RandomState(1).randint(0, 100, 8)); // => [37, 12, 72, 9, 75, 5, 79, 64]
 */
export class RandomState {
  private readonly bits: MersenneTwister;
  private readonly normals: PolarMethod;

  constructor(seed: number) {
    this.bits = new MersenneTwister(requireNumber("RandomState(): seed", seed, seedRange));
    this.normals = new PolarMethod(() => this.bits.double());
  }

  /** A number drawn uniformly from [0, 1), a multiple of 2⁻⁵³. */
  random(): number {
    return this.bits.double();
  }

  /** Numbers drawn uniformly from [0, 1): rows × columns, row after row. */
  rand(rows: number, columns: number): Matrix {
    const result = Matrix.zeros(rows, columns);
    for (let k = 0; k < result.data.length; k++) result.data[k] = this.bits.double();
    return result;
  }

  /** A number from N(0, 1), by the polar method, which makes two at a time: every second call gives the other one. */
  gauss(): number {
    return this.normals.next();
  }

  /** Numbers from N(0, 1): rows × columns, row after row. */
  randn(rows: number, columns: number): Matrix {
    const result = Matrix.zeros(rows, columns);
    for (let k = 0; k < result.data.length; k++) result.data[k] = this.gauss();
    return result;
  }

  /**
   * Numbers drawn uniformly from [low, high): `low + (high − low) u`, rows × columns.
   *
   * @throws OptionError when a bound is not finite or low is above high
   */
  uniform(low: number, high: number, rows: number, columns: number): Matrix {
    requireNumber("uniform(): low", low, finite);
    requireNumber("uniform(): high", high, finite);
    if (low > high) throw new OptionError(`uniform(): low must not exceed high, got ${low} and ${high}`);
    const result = this.rand(rows, columns);
    for (let k = 0; k < result.data.length; k++) result.data[k] = low + (high - low) * result.data[k];
    return result;
  }

  /**
   * Numbers from N(mean, standardDeviation²): `mean + standardDeviation · gauss()`, rows × columns.
   *
   * @throws OptionError when the mean is not finite or the standard deviation negative
   */
  normal(mean: number, standardDeviation: number, rows: number, columns: number): Matrix {
    requireNumber("normal(): mean", mean, finite);
    requireNumber("normal(): standardDeviation", standardDeviation, spread);
    const result = this.randn(rows, columns);
    for (let k = 0; k < result.data.length; k++) result.data[k] = mean + standardDeviation * result.data[k];
    return result;
  }

  /**
   * `count` whole numbers drawn uniformly from low, …, high − 1.
   *
   * @throws OptionError when low is not below high, or high − 1 − low exceeds 2⁵³ − 1
   */
  randint(low: number, high: number, count: number): Float64Array {
    requireNumber("randint(): low", low, whole);
    requireNumber("randint(): high", high, whole);
    requireNumber("randint(): count", count, size);
    if (low >= high) throw new OptionError(`randint(): low must be below high, got ${low} and ${high}`);
    const range = requireNumber("randint(): high − 1 − low", high - 1 - low, size);
    const result = new Float64Array(count);
    for (let k = 0; k < count; k++) result[k] = low + this.interval(range);
    return result;
  }

  /**
   * The numbers 0, …, n − 1, or a copy of the values, in random order.
   *
   * @throws OptionError when n is not a whole number from 0 to 2³² − 1
   */
  permutation(n: number): Uint32Array;
  permutation<Value>(values: readonly Value[]): Value[];
  permutation(given: number | readonly unknown[]): Uint32Array | unknown[] {
    const order =
      typeof given === "number"
        ? Uint32Array.from({ length: requireNumber("permutation(): n", given, outcomes) }, (_, k) => k)
        : Array.from(requireList("permutation(): n", given, "a number or an array"));
    this.shuffle(order);
    return order;
  }

  /** Puts the values in random order, in place (Fisher & Yates, from the end). */
  shuffle(values: unknown[] | Uint32Array | Float64Array | Float32Array): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.interval(i);
      const value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }

  /**
   * Draws from the outcomes 0, …, n − 1.
   *
   * @throws OptionError when the probabilities are not a distribution over n outcomes, or when more different outcomes are
   *   asked for than there are
   */
  choice(n: number, options: ChoiceOptions): Uint32Array {
    requireRecord("choice(): options", options, "{ size }");
    const { size: count, replace = true, p } = options;
    requireNumber("choice(): n", n, outcomes);
    requireNumber("choice(): size", count, size);
    if (p !== undefined) requireProbabilities(p, n);
    if (n === 0 && count > 0) throw new OptionError(`choice(): there is no outcome to draw ${count} from; n is 0`);
    if (replace) {
      if (p === undefined) return Uint32Array.from(count === 0 ? [] : this.randint(0, n, count));
      const distribution = distributionFunction(p);
      return Uint32Array.from({ length: count }, () => outcomeAt(distribution, this.bits.double()));
    }
    const possible = p === undefined ? n : Array.from(p).filter((probability) => probability > 0).length;
    if (count > possible) {
      throw new OptionError(`choice(): cannot draw ${count} different outcomes from ${possible}; set replace or size`);
    }
    return p === undefined ? this.permutation(n).slice(0, count) : this.differentOutcomes(count, p);
  }

  /** Draws all that is missing, keeps what is new, and goes on with the probabilities of what is left. */
  private differentOutcomes(count: number, p: ArrayLike<number>): Uint32Array {
    const left = Float64Array.from(p);
    const found = new Set<number>();
    while (found.size < count) {
      const draws = this.rand(1, count - found.size).data;
      for (const outcome of found) left[outcome] = 0;
      const distribution = distributionFunction(left);
      for (const u of draws) found.add(outcomeAt(distribution, u));
    }
    return Uint32Array.from(found);
  }

  /** A whole number drawn uniformly from 0, …, max: draws as many bits as max has until they do not exceed it. */
  private interval(max: number): number {
    if (max === 0) return 0;
    let value: number;
    if (max < 2 ** 32) {
      const mask = 0xffffffff >>> Math.clz32(max);
      do value = (this.bits.uint32() & mask) >>> 0;
      while (value > max);
      return value;
    }
    const mask = 0xffffffff >>> Math.clz32(Math.floor(max / 2 ** 32));
    do value = (this.bits.uint32() & mask) * 2 ** 32 + this.bits.uint32();
    while (value > max);
    return value;
  }
}

const seedRange: NumberConstraint = { kind: "number", what: "seed", whole: true, min: 0, max: 2 ** 32 - 1 };
const outcomes: NumberConstraint = {
  kind: "number",
  what: "number of outcomes",
  whole: true,
  min: 0,
  max: 2 ** 32 - 1,
};
const size: NumberConstraint = { kind: "number", what: "how many", whole: true, min: 0 };
const whole: NumberConstraint = { kind: "number", what: "bound", whole: true };
const finite: NumberConstraint = { kind: "number", what: "bound or mean" };
const spread: NumberConstraint = { kind: "number", what: "standard deviation", min: 0 };
