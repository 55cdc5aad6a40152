import type { Message } from "../constraint/message.js";
import type { Explain } from "./evidence.js";

/** A named stretch of θ, such as one W or one b. */
export interface ParameterBlock {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  /** Length of each axis: `[rows, columns]` of a matrix, `[length]` of a vector, `[]` of a number; the last is the fastest. */
  readonly shape: readonly number[];
  /** Whether the caller stores it in 32 bits: other points are then rounded to what it can store. */
  readonly single?: boolean;
}

/** A value now or later: `checkGradients` needs it now, `checkGradientsAsync` waits. */
export type Eventual<Value> = Value | PromiseLike<Value>;

/** J as a function of the whole vector θ. */
export type FlatCost = (theta: Float64Array) => Eventual<number>;

/** What the numerics see of a problem: one vector θ, its blocks, and two functions of it. */
export interface FlatProblem {
  readonly theta: Float64Array;
  readonly blocks: readonly ParameterBlock[];
  /** θ is in these units of the caller's, entry by entry; in the caller's own by default. See `entryUnits`. */
  readonly units?: Float64Array;
  /** J(θ). It may keep no reference to θ, which is changed between calls. */
  readonly cost: FlatCost;
  /** The gradient under test at θ, laid out like θ. */
  readonly gradient: (theta: Float64Array) => Eventual<Float64Array>;
  /**
   * A cost that equals J at `theta` and near it takes the same branches as there: recorded ReLU selectors and masks are
   * replayed, so that it is smooth. Where it is offered, differences are taken of it and no kink can occur.
   */
  readonly freeze?: (theta: Float64Array) => FlatCost;
  /**
   * A faster way to J with one entry of `theta` moved, for the exhaustive mode: `(index, step) ↦ J(θ + step·e_index)`.
   * With `freeze` beside it, the branches taken at `theta` are replayed here too.
   */
  readonly moveOne?: (theta: Float64Array) => (index: number, step: number) => Eventual<number>;
  /**
   * What rounding alone does to a gradient at θ, entry by entry, in the precision it is computed in: of a layer that divides by
   * what may be nearly 0, as a norm does, far more than of others. Asked for only where a difference is to be explained.
   */
  readonly rounding?: (theta: Float64Array) => Float64Array;
  /** Another gradient of the same cost, in float64, beside which the one under test is seen to scatter; asked for as `rounding` is. */
  readonly reference?: (theta: Float64Array) => Float64Array;
  /** What is wrong with the shape of a block's gradient, whatever its numbers are; asked for at the end. */
  readonly misshapen?: (block: string) => Message | undefined;
  /** What was noticed on the way, for the report's notes; asked for at the end. */
  readonly remarks?: () => readonly Message[];
  /** Says what is wrong; called once, after the verdict, when there is a wrong block. */
  readonly explain?: Explain;
}

/**
 * A computation that asks for evaluations as it goes, by reverse communication: it yields calls and is resumed with what they
 * gave. One implementation so serves problems that answer at once and problems that answer with promises.
 */
export type ReverseCommunication<Result> = Generator<() => Eventual<unknown>, Result, unknown>;

/** Asks for one evaluation: `const J = yield* evaluate(() => cost(theta))`. */
export function* evaluate<Value>(call: () => Eventual<Value>): ReverseCommunication<Value> {
  return (yield call) as Value;
}
