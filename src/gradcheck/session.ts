import { RandomStream } from "../random/streams.js";
import type { CompleteCheckOptions } from "./checkOptions.js";
import type { Evaluator } from "./evaluator.js";
import { leastNoise, measureNoise } from "./noise.js";
import { norm } from "./norm.js";
import type { Point } from "./point.js";
import type { Preflight } from "./preflight.js";
import type { Asking, FlatProblem } from "./problem.js";
import { scalesOf } from "./scale.js";
import type { Subject } from "./trial.js";

/** How far the other points lie from the given one, in sizes of the parameters. */
const distance = 1 / 8;
/** Spacing of the points of the noise table, in sizes of the parameters. */
const noiseSpacing = 1e-9;

/** One check under way: the problem, its scales, and the points at which the gradient is known. */
export class Session {
  readonly problem: FlatProblem;
  readonly evaluator: Evaluator;
  readonly seed: number;
  readonly scales: readonly number[];
  private readonly points = new Map<number, Point | undefined>();
  private largest = 0;
  private noise = 0;
  private stale = false;

  constructor(problem: FlatProblem, evaluator: Evaluator, options: CompleteCheckOptions) {
    this.problem = problem;
    this.evaluator = evaluator;
    this.seed = options.seed;
    this.scales = scalesOf(problem.theta, problem.blocks);
  }

  /** Takes the preflight's results for the given point and measures the noise there. */
  *begin({ cost, gradient, wobble, stale }: Preflight): Asking<void> {
    const { theta } = this.problem;
    this.stale = stale.size > 0;
    const near = this.problem.freeze?.(theta) ?? this.problem.cost;
    const along = function* (this: Session, trial: number): Asking<number> {
      const direction = this.normals(0, trial);
      const line = function* (this: Session, t: number): Asking<number> {
        return yield* this.evaluator.cost(
          theta.map((value, i) => value + t * direction[i]),
          near,
        );
      };
      return yield* measureNoise(line.bind(this), cost, noiseSpacing);
    };
    let noise = yield* along.call(this, 0);
    // A kink between the points looks like noise: look another way.
    if (noise > 1e3 * leastNoise(cost)) noise = Math.min(noise, yield* along.call(this, 1));
    this.noise = Math.max(noise, wobble);
    this.points.set(0, { theta, cost, gradient, near, given: true, noise: this.noise });
    for (const [i, { offset, length }] of this.problem.blocks.entries()) {
      const size = norm(gradient, offset, offset + length) * this.scales[i];
      if (Number.isFinite(size)) this.largest = Math.max(this.largest, size);
    }
  }

  /** The given point (0), or one near it, chosen at random; `undefined` where J has no value. */
  *point(index: number): Asking<Point | undefined> {
    if (this.points.has(index)) return this.points.get(index);
    const point = yield* this.newPoint(index);
    this.points.set(index, point);
    return point;
  }

  /** Parameters near the given ones. */
  elsewhere(index: number, far = distance): Float64Array {
    const direction = this.normals(0, 16 + index);
    const moved = this.problem.theta.map((value, i) => value + far * direction[i]);
    for (const { offset, length, single } of this.problem.blocks) {
      if (single) moved.set(Float32Array.from(moved.subarray(offset, offset + length)), offset);
    }
    return moved;
  }

  subject(index: number): Subject {
    return { block: this.problem.blocks[index], index, scale: this.scales[index], largest: this.largest };
  }

  private *newPoint(index: number): Asking<Point | undefined> {
    const given = this.points.get(0);
    if (given === undefined) return undefined;
    for (const far of [distance, distance / 16, distance / 256]) {
      const theta = this.elsewhere(index, far);
      const near = this.problem.freeze?.(theta) ?? this.problem.cost;
      const cost = yield* this.evaluator.cost(theta, near);
      if (!Number.isFinite(cost)) continue;
      if (this.stale) yield* this.evaluator.cost(theta);
      const gradient = yield* this.evaluator.gradient(theta);
      const noise = Math.max(leastNoise(cost), this.noise * Math.max(1, Math.abs(cost / given.cost) || 1));
      return { theta, cost, gradient, near, given: false, noise: Number.isFinite(noise) ? noise : this.noise };
    }
    return undefined;
  }

  /** Gaussian numbers for all of θ, each block in its scale. */
  private normals(layer: number, step: number): Float64Array {
    const stream = new RandomStream(this.seed, "check", layer, step);
    const direction = new Float64Array(this.problem.theta.length);
    for (const [i, { offset, length }] of this.problem.blocks.entries()) {
      for (let k = offset; k < offset + length; k++) direction[k] = this.scales[i] * stream.normal();
    }
    return direction;
  }
}
