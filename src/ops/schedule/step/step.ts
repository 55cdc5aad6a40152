import { type ScheduleDefinition, warmedUp, warmup } from "../schedule.js";

/**
 * In stairs: `factor^⌊t / s⌋`, with s the share `every` of the steps after the warm-up, to the nearest whole number.
 *
 * Source: K. He et al. 2016, "Deep residual learning for image recognition", §3.4, which divides by 10 two times.
 */
export const step = {
  options: {
    every: { constraint: { kind: "number", above: 0, below: 1 }, default: 0.3 },
    factor: { constraint: { kind: "number", above: 0, max: 1 }, default: 0.1 },
    warmup,
  },
  factor: (at) => {
    const { every, factor } = at.options;
    return warmedUp(at, (t, T) => {
      // A running product: engines differ in the last bits of a power. It ends where it can become no smaller.
      let product = 1;
      for (let drops = Math.floor(t / stairSteps(every, T)); drops > 0 && product > 0 && factor < 1; drops--)
        product *= factor;
      return product;
    });
  },
} as const satisfies ScheduleDefinition;

/** Steps from one drop to the next. */
export function stairSteps(every: number, T: number): number {
  return Math.max(1, Math.round(every * T));
}
