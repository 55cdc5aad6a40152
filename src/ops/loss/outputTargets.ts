import type { OutputTargets } from "./loss.js";

/**
 * The targets y of one output.
 *
 * @param part a number times the share that example j has of all; the shares come to 1
 */
export function outputTargets(y: ArrayLike<number>, part: (value: number, j: number) => number): OutputTargets {
  const meanOf = (f: (y: number) => number): number => {
    let sum = 0;
    for (let j = 0; j < y.length; j++) sum += part(f(y[j]), j);
    return sum;
  };
  return {
    mean: meanOf((value) => value),
    meanOf,
    quantile: (tau) => {
      const order = Uint32Array.from(y, (_, j) => j).sort((a, b) => y[a] - y[b]);
      let share = 0;
      for (const j of order) {
        share += part(1, j);
        if (share >= tau) return y[j];
      }
      return y[order[order.length - 1]]; // the shares come to 1 but for roundings
    },
  };
}
