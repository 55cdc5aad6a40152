import { map } from "../array/broadcast.js";
import type { Matrix } from "../array/matrix.js";
import { RandomState } from "../random/randomState.js";
import { arrayOf, given, isDictionary, isList } from "./arrays.js";
import { type Answer, isRight, requireGradients, requireRight } from "./backward.js";
import { rightBlocks } from "./backwardBlocks.js";
import { type BackwardCase, type Chain, derivatives, withoutMask } from "./backwardChain.js";
import { drawData, dropoutCacheNames, forwardPass, type Named } from "./course.js";
import { isClose, toleranceOf } from "./expect.js";
import { type FunctionJudge, type Judged, Wrong } from "./judging.js";
import { say } from "./say.js";
import { SolutionError } from "./solution.js";
import type { ExerciseValue, NdArray } from "./value.js";

const cases = [
  { dims: [3, 20, 6, 1], m: 11, keep: 0.8 },
  { dims: [2, 8, 5, 1], m: 9, keep: 0.3 },
  { dims: [4, 7, 9, 1], m: 8, keep: 0.86 },
  { dims: [2, 4, 3, 1], m: 5, keep: 1 },
] as const;

/** How a student's own forward pass hands on its masks, which the judge's cache then does too. */
interface CacheStyle {
  readonly dtype: NdArray["dtype"];
  /** Masks of 0 and 1/keep. */
  readonly scaled: boolean;
  readonly dictionary: boolean;
}

export const judgeDropoutBackward: FunctionJudge = async (judged, seed) => {
  const style = await styleOf(judged);
  const random = new RandomState(seed);
  const answers = [];
  for (const { dims, m, keep } of cases) {
    const at = drawCase(random, dims, m, keep);
    answers.push(requireGradients(judged, at, await judged.call(argumentsOf(at, style), { seed })));
  }
  if (!answers.every(isRight)) {
    await requireMasksOfCache(judged, answers[0].at, style, seed);
    requireRight(answers);
  }
  // ReLU's A is 0 where D is 0, which makes up for a forgotten mask; beside a cache whose A is not dropped it shows in db.
  const probes: Answer[] = [];
  for (const { dims, m, keep } of cases.slice(0, 2)) {
    const at = drawCase(random, dims, m, keep);
    const [A1, A2] = [at.values.Z1, at.values.Z2].map((Z) => map(Z, (z) => Math.max(0, z)));
    const undropped = { ...at, values: { ...at.values, A1, A2 } };
    probes.push(requireGradients(judged, undropped, await judged.call(argumentsOf(undropped, style), { seed })));
  }
  if (!probes.every((probe) => hasBiases(probe, {}))) {
    const layers = [[2], [1]].find((each) => probes.every((probe) => hasBiases(probe, withoutMask(each)))) ?? [1, 2];
    throw new Wrong(say("wrong.hiddenMask", { layers: layers.map(String) }), say("next.backwardMask"));
  }
  return { why: say("right.dropoutBackward", { keeps: cases.map(({ keep }) => String(keep)) }) };
};

/** Whether db2 and db1 are those of a chain. */
function hasBiases({ at, got }: Answer, chain: Chain): boolean {
  const right = rightBlocks(at, derivatives(at, chain));
  return ["db2", "db1"].every((name) => isClose(got[name].data, right[name].data, toleranceOf(got[name])));
}

function drawCase(random: RandomState, dims: readonly number[], m: number, keep: number): BackwardCase {
  const data = drawData(random, dims, m);
  const draw = (n: number): Matrix => map(random.rand(n, m), (u) => (u < keep ? 1 : 0));
  const masks: Named = { D1: draw(dims[1]), D2: draw(dims[2]) };
  return { ...data, values: forwardPass(data.X, data.parameters, { masks, keep }), lambda: 0, keep };
}

function argumentsOf({ X, Y, values, keep = 1 }: BackwardCase, style: CacheStyle): readonly ExerciseValue[] {
  const entry = (name: string): ExerciseValue => {
    if (!name.startsWith("D")) return given(values[name]);
    return style.scaled ? given(map(values[name], (d) => d / keep)) : given(values[name], style.dtype);
  };
  const cache: ExerciseValue = style.dictionary
    ? Object.fromEntries(dropoutCacheNames.map((name) => [name, entry(name)]))
    : dropoutCacheNames.map(entry);
  return [given(X), given(Y), cache, keep];
}

/** What the student's own forward pass makes of masks, where there is one and it works; else what the course's does. */
async function styleOf({ language, solution }: Judged): Promise<CacheStyle> {
  const usual: CacheStyle = { dtype: language === "python" ? "bool" : "float64", scaled: false, dictionary: false };
  if (!solution.names.includes("forward_propagation_with_dropout")) return usual;
  const keep = 0.8;
  const { X, parameters } = drawData(new RandomState(1), [2, 4, 3, 1], 5);
  const givenParameters = Object.fromEntries(Object.entries(parameters).map(([name, A]) => [name, given(A)]));
  try {
    const value = await solution.call("forward_propagation_with_dropout", [given(X), givenParameters, keep], {
      seed: 1,
    });
    const cache = isList(value) && value.length === 2 ? value[1] : null;
    const dictionary = isDictionary(cache);
    const D = dictionary ? cache.D1 : isList(cache) ? cache[1] : null;
    const array = arrayOf(D ?? null);
    if (array === undefined || array.data.length !== 20) return { ...usual, dictionary };
    const scaled = array.data.every((d) => d === 0 || isClose([d], [1 / keep])) && array.data.some((d) => d !== 0);
    return { dtype: language === "python" ? array.dtype : "float64", scaled, dictionary };
  } catch (error) {
    if (!(error instanceof SolutionError)) throw error;
    return usual;
  }
}

/** A Wrong where the masks of the cache make no difference, or the gradients are random. */
async function requireMasksOfCache(judged: Judged, at: BackwardCase, style: CacheStyle, seed: number): Promise<void> {
  const gradients = async (of: BackwardCase, drawn: number): Promise<Readonly<Record<string, NdArray>>> =>
    requireGradients(judged, of, await judged.call(argumentsOf(of, style), { seed: drawn % 2 ** 32 })).got;
  const isSame = (a: Readonly<Record<string, NdArray>>, b: Readonly<Record<string, NdArray>>): boolean =>
    Object.keys(a).every((name) => isClose(a[name].data, b[name].data));
  const once = await gradients(at, seed);
  if (!isSame(once, await gradients(at, seed + 1))) {
    throw new Wrong(say("wrong.randomBackward"), say("next.backwardMask"));
  }
}
