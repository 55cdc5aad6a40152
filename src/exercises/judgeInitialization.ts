import type { Message } from "../constraint/message.js";
import { RandomState } from "../random/randomState.js";
import { isClose, requireDictionary, requireShape, text, wrongValue } from "./expect.js";
import { type FunctionJudge, type Judged, type JudgeOptions, judgeFunctions, Wrong } from "./judging.js";
import { say } from "./say.js";
import type { Solution } from "./solution.js";
import type { NdArray } from "./value.js";
import type { ExerciseVerdict } from "./verdict.js";

/** The course's own network, one of a single layer, one of four. */
const small = [
  [2, 10, 5, 1],
  [7, 3],
  [3, 4, 2, 6, 1],
] as const;

/** Layers of very different widths, so that 1/n[l−1], 1/n[l] and a constant are far apart in each of them. */
const wide = [50, 300, 20, 200] as const;

/** How many standard errors a mean or a variance may be off. */
const errors = 7;

/**
 * Judges a solution of the exercise on initialization: `zeros`, `N(0, 1) · 10` and He's `N(0, 2 / n[l−1])`, with biases of zero.
 *
 * Shapes and zeros are judged in networks of one to four layers. Weights are judged by the mean and the variance of each
 * layer, whatever generator draws them and whether it is seeded, in layers of very different widths.
 *
 * @param options seed of `np.random` before each call
 * @throws OptionError for a solution or a seed that is none
 * @see K. He et al., "Delving deep into rectifiers" (ICCV 2015), equation 10
 *
 * @example
 * import { exerciseInWords, judgeInitialization, type Solution } from "gradproof/exercises";
 * const rows = (n: number, m: number) => Array.from({ length: n }, () => new Array<number>(m).fill(0));
 * const zeros: Solution = {
 *   language: "typescript",
 *   names: ["initialize_parameters_zeros", "initialize_parameters_he"],
 *   call: async (_, [dims]) =>
 *     Object.fromEntries((dims as number[]).slice(1).flatMap((n, l) => [
 *       [`W${l + 1}`, rows(n, (dims as number[])[l] ?? 0)],
 *       [`b${l + 1}`, rows(n, 1)],
 *     ])),
 * };
 * const { functions } = await judgeInitialization(zeros);
 * functions.initialize_parameters_zeros?.verdict; // => "correct"
 * const { why } = functions.initialize_parameters_he ?? {};
 * why && exerciseInWords(why); // => "all entries of W1 are 0: every unit of a layer learns the same (symmetry is not broken)"
 */
export function judgeInitialization(solution: Solution, options: JudgeOptions = {}): Promise<ExerciseVerdict> {
  return judgeFunctions("judgeInitialization()", "initialization", solution, options, {
    initialize_parameters_zeros: judgeZeros,
    initialize_parameters_random: judgeRandom((_) => 100),
    initialize_parameters_he: judgeRandom((inputs) => 2 / inputs),
  });
}

const judgeZeros: FunctionJudge = async (judged, seed) => {
  for (const dims of small) {
    const { W } = await parametersOf(judged, dims, seed);
    for (const [k, weights] of W.entries()) requireZeros(`W${k + 1}`, weights);
  }
  return { why: say("right.zeros", { cases: small.length }) };
};

/** @param variance of the weights, of the width of the layer below */
function judgeRandom(variance: (inputs: number) => number): FunctionJudge {
  return async (judged, seed) => {
    for (const dims of small) {
      const { W } = await parametersOf(judged, dims, seed);
      for (const [k, weights] of W.entries()) requireDistinct(`W${k + 1}`, weights);
    }
    const { W } = await parametersOf(judged, wide, new RandomState(seed).randint(0, 2 ** 31, 1)[0]);
    for (const [k, weights] of W.entries()) requireDistinct(`W${k + 1}`, weights);
    for (const [k, weights] of W.slice(1).entries()) requireOwnDraws(k + 2, weights, W[k]);
    const spread = W.map(({ data }) => momentsOf(data));
    const isOff = ({ mean, variance: v, count }: Moments, k: number): boolean => {
      const expected = variance(wide[k]);
      return !isMean(mean, expected, count) || !isVariance(v, expected, count);
    };
    const first = spread.findIndex(isOff);
    if (first >= 0) throw wrongSpread(first, spread, variance);
    return { why: say("right.spread", { layers: wide.length - 1, cases: small.length + 1 }) };
  };
}

interface Layers {
  readonly W: readonly NdArray[];
}

/** The weights of all layers; biases are seen to be zero. */
async function parametersOf(judged: Judged, dims: readonly number[], seed: number): Promise<Layers> {
  const value = await judged.call([dims], { seed });
  const layers = dims.slice(1).map((_, k) => k + 1);
  const dictionary = requireDictionary(
    judged,
    value,
    layers.flatMap((l) => [`W${l}`, `b${l}`]),
  );
  const W = layers.map((l) => requireShape(judged, `W${l}`, dictionary[`W${l}`], [dims[l], dims[l - 1]]));
  for (const l of layers) requireZeros(`b${l}`, requireShape(judged, `b${l}`, dictionary[`b${l}`], [dims[l], 1]));
  return { W };
}

function requireZeros(name: string, array: NdArray): void {
  const zeros = new Float64Array(array.data.length);
  if (!isClose(array.data, zeros, 0)) throw wrongValue(name, array, zeros);
}

/** Draws are almost never the same; where they are, units start alike. */
function requireDistinct(name: string, { data, shape }: NdArray): void {
  if (data.some((x) => !Number.isFinite(x))) throw new Wrong(say("wrong.notFinite", { name }));
  const different = new Set(data);
  if (different.size > data.length / 2) return;
  const value = text(data[0]);
  const why =
    different.size === 1 && data.length > 1
      ? say("wrong.constant", { name, value })
      : say("wrong.repeated", { name, different: different.size, entries: data.length, rows: shape[0] });
  throw new Wrong(why, say("next.randn"));
}

/** Layers of their own draws are in no fixed ratio, as those are that begin with the same seed. */
function requireOwnDraws(l: number, { data }: NdArray, { data: below }: NdArray): void {
  const ratio = data[0] / below[0];
  if (!Array.from(data.subarray(0, 20)).every((w, i) => Math.abs(w - ratio * below[i]) <= 1e-5 * Math.abs(w))) return;
  throw new Wrong(say("wrong.sameDraws", { name: `W${l}`, below: `W${l - 1}` }), say("next.seedOnce"));
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
  readonly count: number;
}

function momentsOf(data: Float64Array): Moments {
  const count = data.length;
  const mean = data.reduce((sum, x) => sum + x, 0) / count;
  return { mean, variance: data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count, count };
}

function isMean(mean: number, variance: number, count: number): boolean {
  return Math.abs(mean) <= errors * Math.sqrt(variance / count);
}

/** The variance of normal draws has a relative error of √(2 / n). */
function isVariance(found: number, expected: number, count: number): boolean {
  return Math.abs(found / expected - 1) <= errors * Math.sqrt(2 / count);
}

function wrongSpread(first: number, spread: readonly Moments[], variance: (inputs: number) => number): Wrong {
  const name = `W${first + 1}`;
  const expected = variance(wide[first]);
  const { mean, variance: found, count } = spread[first];
  const inputs = wide[first];
  if (!isMean(mean, Math.max(found, expected), count)) {
    return new Wrong(say("wrong.mean", { name, got: text(mean), inputs }), say("next.randn"));
  }
  const values = { name, inputs, got: text(found), expected: text(expected) };
  return new Wrong(say("wrong.variance", values, { cause: spreadCauses(spread) }), nextOf(variance(1)));
}

function nextOf(atOne: number): Message {
  return atOne === 2 ? say("next.he") : say("next.timesTen");
}

/** Standard deviations that people write, of the widths below and of the layer itself. */
const deviations: Readonly<Record<string, (below: number, units: number) => number>> = {
  "1": () => 1,
  "10": () => 10,
  "0.01": () => 0.01,
  "0.1": () => 0.1,
  "100": () => 100,
  "√(1 / n[l−1])": (below) => Math.sqrt(1 / below),
  "√(2 / n[l−1])": (below) => Math.sqrt(2 / below),
  "√(2 / n[l])": (_, units) => Math.sqrt(2 / units),
  "√(1 / n[l])": (_, units) => Math.sqrt(1 / units),
  "2 / n[l−1]": (below) => 2 / below,
  "1 / n[l−1]": (below) => 1 / below,
  "2 / n[l]": (_, units) => 2 / units,
  "√2 / n[l−1]": (below) => Math.SQRT2 / below,
  "2 / √n[l−1]": (below) => 2 / Math.sqrt(below),
  "√2": () => Math.SQRT2,
  "√(n[l−1] / 2)": (below) => Math.sqrt(below / 2),
  "√(2 n[l−1])": (below) => Math.sqrt(2 * below),
  "√(2 / (n[l−1] + n[l]))": (below, units) => Math.sqrt(2 / (below + units)),
  "√(1 / (n[l−1] + n[l]))": (below, units) => Math.sqrt(1 / (below + units)),
  "√(6 / (n[l−1] + n[l]))": (below, units) => Math.sqrt(6 / (below + units)),
  "10 √(2 / n[l−1])": (below) => 10 * Math.sqrt(2 / below),
  "√(2 / n[0])": () => Math.sqrt(2 / wide[0]),
};

/** The deviation that all layers have, where only one fits. */
function spreadCauses(spread: readonly Moments[]): readonly Message[] {
  const fitting = Object.keys(deviations).filter((written) =>
    spread.every(({ variance, count }, k) =>
      isVariance(variance, deviations[written](wide[k], wide[k + 1]) ** 2, count),
    ),
  );
  return fitting.length === 1 ? [say("mistake.deviation", { written: fitting[0] })] : [];
}
