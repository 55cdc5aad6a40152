import { RandomStream } from "../random/streams.js";
import type { CompleteCheckOptions } from "./checkOptions.js";
import { CostNoise, isFarAbove } from "./costNoise.js";
import type { Subject } from "./directionalTest.js";
import type { EvaluationPoint } from "./evaluationPoint.js";
import type { Evaluator } from "./evaluator.js";
import type { Grid } from "./grid.js";
import { norm } from "./norm.js";
import { fresh, given, isBeside, isFar, type Place, secondFresh } from "./places.js";
import type { Preflight } from "./preflight.js";
import type { FlatCost, FlatProblem, ParameterBlock, ReverseCommunication } from "./problem.js";
import { scalesOf } from "./scale.js";
import { measureScatter } from "./scatter.js";
import { rowsAndColumns } from "./shape.js";
import type { Line } from "./slope.js";

/** The points at which a gradient is checked: each is chosen, and its cost, gradient and noise evaluated, once. */
export class EvaluationPoints {
  readonly problem: FlatProblem;
  readonly evaluator: Evaluator;
  readonly seed: number;
  /** Whether the cost moves in steps; unknown until a difference had it looked for. */
  hasSteps: boolean | undefined;
  private readonly scales: readonly number[];
  private readonly points = new Map<Place, EvaluationPoint | undefined>();
  private readonly norms = new Map<Place, number>();
  private readonly told = new WeakMap<Float64Array, Float64Array>();
  private repeatability = 0;
  private readonly noise = new CostNoise();
  private stale = false;

  constructor(problem: FlatProblem, evaluator: Evaluator, options: CompleteCheckOptions) {
    this.problem = problem;
    this.evaluator = evaluator;
    this.seed = options.seed;
    this.scales = scalesOf(problem.theta, problem.blocks, problem.units);
  }

  /** Takes the preflight's results for the given point and measures the noise there. */
  *begin({ cost, costElsewhere, gradient, repeatability, stale }: Preflight): ReverseCommunication<void> {
    const { theta } = this.problem;
    this.noise.see(costElsewhere);
    this.stale = stale.size > 0;
    this.repeatability = repeatability;
    const near = this.problem.freeze?.(theta) ?? this.problem.cost;
    this.points.set(given, yield* this.measured(theta, cost, gradient, near, given));
  }

  /** The grid on which the values of J lie, where it is coarser than that of float64. */
  get grid(): Grid | undefined {
    return this.noise.grid;
  }

  /** The given point. */
  *given(): ReverseCommunication<EvaluationPoint> {
    const point = yield* this.point(given);
    if (point === undefined) throw new Error("EvaluationPoints: begin() comes first");
    return point;
  }

  /** The given point, or one elsewhere, chosen at random; `undefined` where J has no value. */
  *point(place: Place): ReverseCommunication<EvaluationPoint | undefined> {
    if (this.points.has(place)) return this.points.get(place);
    const point = yield* this.newPoint(place);
    this.points.set(place, point);
    return point;
  }

  /** Norm of the gradient at parameters as networks start with, the larger of two. */
  *initialGradientNorm(): ReverseCommunication<number> {
    let largest = 0;
    for (const place of [fresh, secondFresh]) largest = Math.max(largest, yield* this.gradientNorm(place));
    return largest;
  }

  /** Norm of the gradient at a place, of which nothing else need be known; 0 where there is none. */
  private *gradientNorm(place: Place): ReverseCommunication<number> {
    const point = this.points.get(place);
    let size = point === undefined ? this.norms.get(place) : norm(point.gradient);
    if (size === undefined) {
      const theta = this.elsewhere(place);
      if (this.stale) yield* this.evaluator.cost(theta);
      size = norm((yield* this.evaluator.gradientNearby(theta)) ?? []);
      this.norms.set(place, size);
    }
    return Number.isFinite(size) ? size : 0;
  }

  /**
   * Parameters of a place.
   *
   * @param closer how many times nearer to the given ones
   */
  elsewhere({ stream, distance }: Place, closer = 1): Float64Array {
    const { theta, blocks } = this.problem;
    // N(0, 1 / inputs) for weights, of which a row has as many as a unit has inputs, N(0, 0.1²) for a vector of biases.
    const start = ({ shape, length }: ParameterBlock): number => {
      const [, inputs] = rowsAndColumns(shape, length);
      return inputs > 1 ? inputs ** -0.5 : 0.1;
    };
    const direction = this.normals(0, 16 + stream, distance === "fresh" ? blocks.map(start) : this.scales);
    const moved =
      distance === "fresh" ? direction : theta.map((value, i) => value + (distance / closer) * direction[i]);
    for (const { offset, length, single } of blocks) {
      if (single) moved.set(Float32Array.from(moved.subarray(offset, offset + length)), offset);
    }
    return moved;
  }

  /**
   * What rounding does to each entry of the gradient at θ, where the problem can tell: how far off it puts any gradient in this
   * precision, or how far the one under test scatters, whichever is more.
   */
  *rounding(theta: Float64Array): ReverseCommunication<Float64Array | undefined> {
    const { problem, evaluator, told } = this;
    let known = told.get(theta);
    if (known !== undefined) return known;
    const off = problem.rounding?.(theta);
    const scatter = yield* measureScatter(problem, evaluator, theta);
    known = off && scatter ? off.map((value, k) => Math.max(value, scatter[k])) : (off ?? scatter);
    if (known !== undefined) told.set(theta, known);
    return known;
  }

  subject(index: number): Subject {
    return { block: this.problem.blocks[index], index };
  }

  private *newPoint(place: Place): ReverseCommunication<EvaluationPoint | undefined> {
    for (const closer of isFar(place) ? [1] : [1, 16, 256]) {
      const theta = this.elsewhere(place, closer);
      const near = this.problem.freeze?.(theta) ?? this.problem.cost;
      const cost = yield* this.evaluator.cost(theta, near);
      if (!Number.isFinite(cost)) continue;
      if (this.stale) yield* this.evaluator.cost(theta);
      const gradient = yield* this.evaluator.gradientNearby(theta);
      if (gradient === undefined) continue;
      return yield* this.measured(theta, cost, gradient, near, place);
    }
    return undefined;
  }

  /** A point with its noise, from a difference table along a line through it. */
  private *measured(
    theta: Float64Array,
    cost: number,
    gradient: Float64Array,
    near: FlatCost,
    place: Place,
  ): ReverseCommunication<EvaluationPoint> {
    const { blocks, units } = this.problem;
    // Near the given point a bias of 0 still has the size that was supposed of it.
    const own = scalesOf(theta, blocks, units);
    const scales = place.distance === "fresh" ? own : own.map((scale, i) => Math.max(scale, this.scales[i]));
    let largest = 0;
    for (const [i, { offset, length }] of blocks.entries()) {
      const size = norm(gradient, offset, offset + length) * scales[i];
      if (Number.isFinite(size)) largest = Math.max(largest, size);
    }
    const lineOf = (attempt: number): Line => {
      const direction = this.normals(0, attempt, scales);
      const moved = new Float64Array(theta.length);
      return (t) => {
        for (let i = 0; i < moved.length; i++) moved[i] = theta[i] + t * direction[i];
        return this.evaluator.cost(moved, near);
      };
    };
    const measured = yield* this.noise.at(lineOf, cost, largest);
    const noise = Math.max(measured, this.repeatability, this.noiseBeside(place));
    const besides = this.noise.isAlone(cost) ? this.repeatability : noise;
    const noiseAt = (value: number): number => Math.max(besides, this.noise.ofGrid(value));
    // Along a chord the gradient of a frozen cost is not the one under test, and a stale one is none at all.
    const isNoisy = this.problem.freeze === undefined && !this.stale && isFarAbove(noise, cost);
    return { theta, cost, gradient, near, given: place === given, noise, isNoisy, noiseAt, scales, largest };
  }

  /**
   * Noise of the given point, for points close to it: rounding in coarse steps, such as that of log(1 − a) where a is almost
   * 1, is not seen between two steps.
   */
  private noiseBeside(place: Place): number {
    return (isBeside(place) ? this.points.get(given)?.noise : undefined) ?? 0;
  }

  /** Gaussian numbers for all of θ, each block in its scale. */
  private normals(layer: number, step: number, scales = this.scales): Float64Array {
    const stream = new RandomStream(this.seed, "check", layer, step);
    const direction = new Float64Array(this.problem.theta.length);
    for (const [i, { offset, length }] of this.problem.blocks.entries()) {
      for (let k = offset; k < offset + length; k++) direction[k] = scales[i] * stream.normal();
    }
    return direction;
  }
}
