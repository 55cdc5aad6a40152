import { OptionError } from "../constraint/constraint.js";
import { exp } from "../numeric/exp.js";
import { log } from "../numeric/log.js";
import { RandomStream } from "../random/streams.js";
import { sobolDimensions, sobolWord } from "./sobol.js";
import { isRange, type NumberRange, type SearchSpace, type Settings, type SettingValue } from "./space.js";

/** How settings to try are chosen: all of them, independent draws, or draws that leave no gaps. */
export type Sampler = "grid" | "random" | "sobol";

/** More than this many trials are a slip of the keyboard. */
export const mostTrials = 100_000;

/** The settings to try, all different; the same for the same seed. A longer list begins with the shorter one. */
export function candidates(space: SearchSpace, sampler: Sampler, trials: number, seed: number): Settings[] {
  return sampler === "grid" ? grid(space) : sample(space, sampler, trials, seed);
}

/** Every combination; the last name changes fastest. */
function grid(space: SearchSpace): Settings[] {
  let points: Settings[] = [{}];
  let count = 1;
  for (const [name, dimension] of Object.entries(space)) {
    if (isRange(dimension)) {
      throw new OptionError(
        `a grid needs lists: ${name} is a range; list the values to try, or draw them (method random, sobol or halving)`,
      );
    }
    count *= dimension.length;
    if (count > mostTrials)
      throw new OptionError(`the grid has over ${mostTrials} points; draw some of them (method random)`);
    points = points.flatMap((point) => dimension.map((value) => ({ ...point, [name]: value })));
  }
  return points;
}

function sample(space: SearchSpace, sampler: "random" | "sobol", trials: number, seed: number): Settings[] {
  const names = Object.keys(space);
  if (sampler === "sobol" && names.length > sobolDimensions) {
    throw new OptionError(
      `Sobol points have at most ${sobolDimensions} dimensions here, the search has ${names.length}`,
    );
  }
  // A digital shift: another seed, other points, with the same evenness.
  const shifts = names.map((_, d) => new RandomStream(seed, "search", d).uint32());
  const found = new Map<string, Settings>();
  // Where lists hold fewer combinations than trials are asked for, the draws repeat themselves.
  for (let n = 0; found.size < trials && n < 50 * trials + 1000; n++) {
    const point = Object.fromEntries(
      names.map((name, d) => {
        const u =
          sampler === "sobol"
            ? ((sobolWord(n, d) ^ shifts[d]) >>> 0) / 2 ** 32
            : new RandomStream(seed, "search", d, n + 1).random();
        return [name, valueAt(space[name], u)];
      }),
    );
    const key = JSON.stringify(point);
    if (!found.has(key)) found.set(key, point);
  }
  return [...found.values()];
}

/** The value at u of [0, 1): equal shares of a list, of a range, or of its orders of magnitude. */
export function valueAt(dimension: SearchSpace[string], u: number): SettingValue {
  if (!isRange(dimension)) return dimension[Math.floor(u * dimension.length)];
  const { from, to, whole = false } = dimension;
  // Of exp(log(from)) the last digit may be too small.
  if (whole) return Math.min(to, Math.max(from, Math.floor(along({ ...dimension, to: to + 1 }, u))));
  // Four digits: more would say more than a search can know.
  return Math.min(to, Math.max(from, Number(along(dimension, u).toPrecision(4))));
}

function along({ from, to, scale }: NumberRange, u: number): number {
  return scale === "log" ? exp(log(from) + u * (log(to) - log(from))) : from + u * (to - from);
}
