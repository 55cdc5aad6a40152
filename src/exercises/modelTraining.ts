import { add, multiply } from "../array/broadcast.js";
import type { Message } from "../constraint/message.js";
import { RandomState } from "../random/randomState.js";
import { arrayOf, given, matrixOf } from "./arrays.js";
import { rightBlocks } from "./backwardBlocks.js";
import { derivatives } from "./backwardChain.js";
import { type CourseData, drawData, forwardPass, type Named, sumOfSquares } from "./course.js";
import { isClose, requireDictionary, requireShape, wrongValue } from "./expect.js";
import { type FunctionJudge, type Judged, Wrong } from "./judging.js";
import { say } from "./say.js";
import { SolutionError } from "./solution.js";
import type { ExerciseValue } from "./value.js";

const names = ["W1", "b1", "W2", "b2", "W3", "b3"] as const;

/** What a model is asked to do, and from where it starts. */
interface Runs {
  readonly judged: Judged;
  readonly data: CourseData;
  readonly seed: number;
}

export const judgeTraining: FunctionJudge = async (judged, seed) => {
  const runs: Runs = { judged, data: drawData(new RandomState(seed), [2, 1], 20), seed };
  const start = await trained(runs, 0, 1);
  if (!isSame(start, await trained(runs, 0, 1))) return { why: say("right.modelRandom"), next: say("next.seed") };
  if (!isSame(start, await trained(runs, 0, 2))) throw new Wrong(say("wrong.rateIgnored"), say("next.update"));
  await requireSteps(runs, start, 0.3, 4);
  await requireSteps(runs, start, 0.1, 1);
  if (await takesInitialization(runs)) {
    await requireInitializations(runs);
    return { why: say("right.modelInitialization") };
  }
  if (await takesPenalty(runs)) {
    const withPenalty = await trained(runs, 0, 1, [0.7, 1]);
    await requireSteps(runs, withPenalty, 0.3, 3, [0.7, 1]);
    await requireDropout(runs);
    return { why: say("right.modelRegularization") };
  }
  return { why: say("right.model") };
};

/** The parameters after training, each of a shape that fits those beside it. */
async function trained(
  { judged, data: { X, Y }, seed }: Runs,
  rate: number,
  iterations: number,
  more: readonly ExerciseValue[] = [],
): Promise<Named> {
  const value = await judged.call([given(X), given(Y), rate, iterations, false, ...more], { seed });
  const dictionary = requireDictionary(judged, value, names);
  const found: Record<string, ReturnType<typeof matrixOf>> = {};
  let below = X.rows;
  for (const l of [1, 2, 3]) {
    const units = l === 3 ? 1 : (arrayOf(dictionary[`W${l}`])?.shape[0] ?? 1);
    found[`W${l}`] = matrixOf(requireShape(judged, `W${l}`, dictionary[`W${l}`], [units, below]));
    found[`b${l}`] = matrixOf(requireShape(judged, `b${l}`, dictionary[`b${l}`], [units, 1]));
    below = units;
  }
  return found;
}

function isSame(a: Named, b: Named): boolean {
  return names.every((name) => isClose(a[name].data, b[name].data, 1e-9));
}

interface Descent {
  readonly rate: number;
  readonly lambda: number;
  readonly iterations: number;
  /** Which parameters learn, where not all do. */
  readonly role?: "W" | "b";
}

/** θ := θ − α dθ, as often as there are iterations. */
function descended({ X, Y }: CourseData, start: Named, { rate, lambda, iterations, role }: Descent): Named {
  let parameters = start;
  for (let k = 0; k < iterations; k++) {
    const at = { X, Y, parameters, values: forwardPass(X, parameters), lambda };
    const gradients = rightBlocks(at, derivatives(at));
    parameters = Object.fromEntries(
      names.map((name) => {
        const learns = role === undefined || name.startsWith(role);
        return [name, learns ? add(parameters[name], multiply(gradients[`d${name}`], -rate)) : parameters[name]];
      }),
    );
  }
  return parameters;
}

async function requireSteps(
  runs: Runs,
  start: Named,
  rate: number,
  iterations: number,
  more: readonly [lambda: number, keep: number] | readonly [] = [],
): Promise<void> {
  const [lambda = 0] = more;
  const got = await trained(runs, rate, iterations, more);
  const right = descended(runs.data, start, { rate, lambda, iterations });
  const first = names.toReversed().find((name) => !isClose(got[name].data, right[name].data));
  if (first === undefined) return;
  const after = (descent: Partial<Descent>): Named =>
    descended(runs.data, start, { rate, lambda, iterations, ...descent });
  const m = runs.data.X.columns;
  const readings: readonly (readonly [Message, Named])[] = [
    [say("mistake.noSteps"), start],
    [say("mistake.steps", { steps: iterations - 1 }), after({ iterations: iterations - 1 })],
    [say("mistake.steps", { steps: iterations + 1 }), after({ iterations: iterations + 1 })],
    [say("mistake.ascent"), after({ rate: -rate })],
    [say("mistake.stepsWithoutMean"), after({ rate: rate * m })],
    [say("mistake.modelNoPenalty"), after({ lambda: 0 })],
    [say("mistake.onlyWeights"), after({ role: "W" })],
    [say("mistake.onlyBiases"), after({ role: "b" })],
  ];
  const cause = readings.find(([, reading]) => isSame(reading, got))?.[0];
  const array = { shape: got[first].shape, dtype: "float64", data: Float64Array.from(got[first].data) } as const;
  const { why } = wrongValue(first, array, right[first].data, cause ? [cause] : []);
  const values = { rate, iterations, ...(lambda > 0 && { lambda }) };
  throw new Wrong(say("wrong.steps", values, { found: [why] }), say("next.update"));
}

/** Whether the sixth argument is an initialization. */
async function takesInitialization(runs: Runs): Promise<boolean> {
  const zeros = await attempted(() => trained(runs, 0, 1, ["zeros"]));
  return zeros !== undefined && ["W1", "W2", "W3"].every((name) => sumOfSquares(zeros[name]) === 0);
}

async function requireInitializations(runs: Runs): Promise<void> {
  for (const [initialization, isRight] of [
    ["random", (size: number) => size > 3 && size < 30],
    ["he", (size: number) => size > 0.1 && size < 3],
  ] as const) {
    const { W1, W2 } = await trained(runs, 0, 1, [initialization]);
    const size = Math.sqrt((sumOfSquares(W1) + sumOfSquares(W2)) / (W1.data.length + W2.data.length));
    if (!isRight(size))
      throw new Wrong(say("wrong.initialization", { initialization, size: Number(size.toPrecision(3)) }));
  }
}

/** Whether it takes lambd and keep_prob: a program that does not says so of its arguments. */
async function takesPenalty(runs: Runs): Promise<boolean> {
  if (runs.judged.language === "python") {
    try {
      await trained(runs, 0, 1, [0.7, 1]);
      return true;
    } catch (error) {
      if (error instanceof SolutionError && /argument/.test(error.words)) return false;
      throw error;
    }
  }
  // JavaScript drops arguments that nobody takes.
  const [plain, penalized] = [await trained(runs, 0.3, 3), await attempted(() => trained(runs, 0.3, 3, [0.7, 1]))];
  return penalized !== undefined && !isSame(plain, penalized);
}

async function requireDropout(runs: Runs): Promise<void> {
  const plain = await trained(runs, 0.3, 3, [0, 1]);
  const dropped = await trained(runs, 0.3, 3, [0, 0.6]);
  if (isSame(plain, dropped)) throw new Wrong(say("wrong.keepIgnored"), say("next.keepInModel"));
}

async function attempted(run: () => Promise<Named>): Promise<Named | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof SolutionError || error instanceof Wrong) return undefined;
    throw error;
  }
}
