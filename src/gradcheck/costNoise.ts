import { areShort, type Grid, gridOf, spacingAt } from "./grid.js";
import { leastNoise, measureNoise } from "./noise.js";
import type { ReverseCommunication } from "./problem.js";
import type { Line } from "./slope.js";

/** Spacing of the points of the noise table, in sizes of the parameters. */
const closest = 1e-9;
/** Noise above this, relative to the cost and its changes, need not be noise. */
const suspicious = 1e-11;
/** How much more than rounding in float64 is a noise that comes from elsewhere. */
const ordinary = 1000;
/** A cost of so few decimal digits may have been rounded; whether and how, other places tell, so far away. */
const few = 12;
const elsewhere = [1 / 4, 1 / 2, 1, 2, 4, 8, 16, 32] as const;
/** A grid this coarse beside the cost is far coarser than a noise of 32 bits beneath it could be. */
const coarse = 1e-6;
/** The cost may grow by this factor within the steps of differences, and so may its spacing. */
const beside = 1.5;

/** The noise of a cost, as it is found from point to point, and the grid on which its values lie, if they do. */
export class CostNoise {
  grid: Grid | undefined;
  private hasLooked = false;
  private readonly seen = new Set<number>();
  /** Spacing at which the cost shows its noise. */
  private spacing = closest;
  /** Where it stood still between points, the least it then changed by, relative to itself. */
  private step = Number.POSITIVE_INFINITY;

  /** Takes note of a value of the cost. */
  see(value: number): void {
    if (Number.isFinite(value) && this.seen.size < 64) this.seen.add(value);
  }

  /**
   * Standard deviation of the noise at a point.
   *
   * @param lineOf the cost along the first random line through the point, or the second
   * @param change how much the cost changes over the size of the parameters
   */
  *at(lineOf: (attempt: number) => Line, cost: number, change: number): ReverseCommunication<number> {
    let noise: number | undefined;
    this.see(cost);
    // Nothing beneath a grid as coarse as that matters, and points near each other would show the cost's own change instead.
    if (this.isAlone(cost)) return this.ofGrid(beside * cost);
    for (const attempt of [0, 1]) {
      const line = lineOf(attempt);
      const values: number[] = [];
      const measured = yield* measureNoise(line, cost, this.spacing, values);
      for (const value of values) this.see(value);
      if (attempt === 0) yield* this.lookForGrid(line);
      if (measured === undefined) continue;
      noise = Math.min(noise ?? measured.deviation, measured.deviation);
      // In float64 it is the parameters that are small, and they need not be elsewhere.
      const step = leastStep(values);
      const standsStill = measured.spacing > closest && isFarAbove(step, cost);
      if (standsStill) {
        this.spacing = measured.spacing;
        this.step = Math.min(this.step, step / Math.abs(cost));
      }
      // A kink between the points looks like noise: look another way.
      if (standsStill || noise <= suspicious * (Math.abs(cost) + change)) break;
    }
    // A table may by luck hold no rounding at all; the least step that was seen at any point is rounded by half of itself.
    const least = this.step < Number.POSITIVE_INFINITY ? (this.step * Math.abs(cost)) / Math.sqrt(12) : 0;
    const ofGrid = this.ofGrid(beside * cost);
    return this.isAlone(cost) ? ofGrid : Math.max(noise ?? 0, least, ofGrid, leastNoise(cost));
  }

  private *lookForGrid(line: Line): ReverseCommunication<void> {
    this.grid = gridOf([...this.seen]);
    if (this.hasLooked) return;
    this.hasLooked = true;
    for (const distance of elsewhere) {
      if (!areShort([...this.seen], few) || (this.grid && this.grid.floats !== undefined)) return;
      this.see(yield* line(distance));
      this.grid = gridOf([...this.seen]);
    }
  }

  /**
   * Noise of a value of the cost by its grid alone. Where that is far coarser than anything beneath it, the noise has a largest
   * value, half a spacing, which is taken for five deviations.
   */
  ofGrid(cost: number): number {
    if (this.grid === undefined) return 0;
    return spacingAt(this.grid, cost) / (this.isAlone(cost) ? 10 : Math.sqrt(12));
  }

  /** Whether the noise at a value of the cost is that of its grid. */
  isAlone(cost: number): boolean {
    return this.grid?.base === 10 && spacingAt(this.grid, cost) > coarse * Math.abs(cost);
  }
}

/** The least difference of two values that differ. */
function leastStep(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const steps = sorted.map((value, k) => value - sorted[k - 1]).filter((step) => step > 0);
  return Math.min(...steps);
}

/** Whether a noise of this size is far more than the rounding of a cost in float64. */
export function isFarAbove(noise: number, cost: number): boolean {
  return noise > Math.max(suspicious * Math.abs(cost), ordinary * leastNoise(cost));
}
