import { dtypeOf } from "../array/floatArray.js";
import type { Window } from "../engine/readings.js";
import type { Activation } from "../network/activation.js";
import { flatValues, type Saturation, saturationOf } from "../ops/activation/flatness.js";
import type { Numbers } from "../ops/choice.js";

/** What is asked of a layer's activation. */
type Curve = Pick<Activation, "traits" | "pieces" | "numbers">;

/** Tells which units of a layer are idle, by their outputs a = g(z). */
export class IdleUnits {
  private readonly activation: Curve;
  private readonly flatOf: (i: number) => readonly number[];
  private readonly saturationAt: (i: number) => Saturation;

  constructor(activation: Curve) {
    this.activation = activation;
    this.flatOf = byUnit(activation, flatValues);
    this.saturationAt = byUnit(activation, saturationOf);
  }

  /** Share of the units that are on a flat half-line for every example; of activations whose units can die. */
  dead({ rows, columns, stride, data }: Window): number {
    if (!this.activation.traits.dies) return 0;
    let dead = 0;
    for (let i = 0; i < rows; i++) {
      const [first, second = first] = this.flatOf(i);
      let k = i * stride;
      const end = k + columns;
      while (k < end && (data[k] === first || data[k] === second)) k++;
      if (k === end) dead++;
    }
    return dead / rows;
  }

  /** Share of the units that are where g has levelled off; of activations that saturate. */
  saturated({ rows, columns, stride, data }: Window): number {
    if (this.activation.traits.saturates === undefined) return 0;
    const rounded = dtypeOf(data) === "float32" ? Math.fround : (a: number): number => a;
    let saturated = 0;
    for (let i = 0; i < rows; i++) {
      const { low, high } = this.saturationAt(i);
      const least = low === undefined ? Number.NEGATIVE_INFINITY : rounded(low.a);
      const most = high === undefined ? Number.POSITIVE_INFINITY : rounded(high.a);
      let count = 0;
      for (let k = i * stride; k < i * stride + columns; k++) if (data[k] <= least || data[k] >= most) count++;
      // From a side that is steep, and from between two flat ends, a unit learns well though it is idle for most examples.
      const isLevelAround = low !== undefined && high !== undefined && low.slope > 0 && high.slope > 0;
      if (isLevelAround ? count > columns / 2 : count === columns) saturated++;
    }
    return saturated / rows;
  }
}

/** What is so of each unit's activation; found once where the units have learned nothing that makes them differ. */
function byUnit<Value>(activation: Curve, find: (activation: Curve, n: Numbers) => Value): (i: number) => Value {
  let n: Numbers | undefined;
  let found: Value | undefined;
  return (i) => {
    const own = activation.numbers(i);
    if (found === undefined || own !== n) found = find(activation, own);
    n = own;
    return found;
  };
}
