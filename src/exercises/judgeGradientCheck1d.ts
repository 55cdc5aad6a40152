import type { Message } from "../constraint/message.js";
import { RandomState } from "../random/randomState.js";
import { type CheckReading, firstOf, isNear, readingOf, requireVaried, steps, wrongCheck } from "./checker.js";
import { quotients, ratios } from "./differences.js";
import { isClose, requireScalar, text } from "./expect.js";
import { type FunctionJudge, type Judged, type JudgeOptions, judgeFunctions, Wrong } from "./judging.js";
import { say } from "./say.js";
import type { Solution } from "./solution.js";
import type { ExerciseVerdict } from "./verdict.js";

/**
 * Judges a solution of the exercise on gradient checking in one dimension: `J(θ) = θ x`, `dJ/dθ = x`, and a check that compares
 * `backward_propagation` with `(J(θ + ε) − J(θ − ε)) / 2ε` by `|grad − gradapprox| / (|grad| + |gradapprox|)`.
 *
 * Each function is judged alone: for the check the other two are replaced, by right and by wrong ones and by a cost that is
 * curved, where a one-sided difference shows as O(ε).
 *
 * @param options seed of the inputs
 * @throws OptionError for a solution or a seed that is none
 * @see Andrew Ng et al., "Improving Deep Neural Networks", week 1, gradient checking
 *
 * @example
 * import { exerciseInWords, judgeGradientCheck1d, type Solution } from "gradproof/exercises";
 * const solution: Solution = {
 *   language: "python",
 *   names: ["forward_propagation", "backward_propagation"],
 *   call: async (name, [x, theta]) => (name === "forward_propagation" ? Number(x) * Number(theta) : Number(theta)),
 * };
 * const { functions } = await judgeGradientCheck1d(solution);
 * functions.forward_propagation?.verdict; // => "correct"
 * const { why } = functions.backward_propagation ?? {};
 * why && exerciseInWords(why); // => "at x = 2, θ = 4 dtheta is 4, expected 2: this is θ, the derivative in x"
 * functions.gradient_check?.verdict; // => "missing"
 */
export function judgeGradientCheck1d(solution: Solution, options: JudgeOptions = {}): Promise<ExerciseVerdict> {
  return judgeFunctions("judgeGradientCheck1d()", "gradient-check-1d", solution, options, {
    forward_propagation: judgeFunctionOfTwo("J", (x, theta) => theta * x, costReadings),
    backward_propagation: judgeFunctionOfTwo("dtheta", (x) => x, gradientReadings),
    gradient_check: judgeCheck,
  });
}

type OfTwo = (x: number, theta: number) => number;

interface Readings {
  readonly [written: string]: OfTwo;
}

const costReadings: Readings = {
  "θ + x": (x, theta) => theta + x,
  "θ² x": (x, theta) => theta * theta * x,
  "θ x²": (x, theta) => theta * x * x,
  "θ x / 2": (x, theta) => (theta * x) / 2,
  x: (x) => x,
  θ: (_, theta) => theta,
};

const gradientReadings: Readings = {
  θ: (_, theta) => theta,
  "θ x": (x, theta) => theta * x,
  "2x": (x) => 2 * x,
  "1": () => 1,
  "−x": (x) => -x,
  "x²": (x) => x * x,
};

/** Pairs (x, θ): the course's, and some of either sign. */
function pairs(seed: number): readonly (readonly [x: number, theta: number])[] {
  const random = new RandomState(seed);
  const draw = (sign: number): number => sign * (1 + 3 * random.random());
  return [[2, 4], ...[1, -1, 1, -1].map((sign, k) => [draw(sign), draw(k < 2 ? 1 : -1)] as const)];
}

function judgeFunctionOfTwo(name: string, right: OfTwo, readings: Readings): FunctionJudge {
  return async (judged, seed) => {
    const answers: (readonly [x: number, theta: number, got: number])[] = [];
    for (const [x, theta] of pairs(seed)) {
      answers.push([x, theta, requireScalar(judged, name, await judged.call([x, theta])).data[0]]);
    }
    const wrong = answers.find(([x, theta, got]) => !isClose([got], [right(x, theta)]));
    if (wrong === undefined) return { why: say("right.values", { cases: answers.length }) };
    const [x, theta, got] = wrong;
    const written = Object.keys(readings).find((key) =>
      answers.every(([a, b, c]) => isClose([c], [readings[key](a, b)])),
    );
    const cause = written === undefined ? [] : [readingCause(name, written)];
    const values = { name, x: text(x), theta: text(theta), got: text(got), expected: text(right(x, theta)) };
    throw new Wrong(say("wrong.ofTwo", values, { cause }));
  };
}

function readingCause(name: string, written: string): Message {
  return name === "dtheta" && written === "θ" ? say("mistake.derivativeInX") : say("mistake.isWritten", { written });
}

/** A check that the student's function made. */
interface Trial {
  readonly x: number;
  readonly theta: number;
  readonly epsilon: number;
  /** J in powers of θ. */
  readonly polynomial: readonly number[];
  /** What backward_propagation gives. */
  readonly gradient: number;
  /** By what the right gradient was multiplied. */
  readonly factor: number;
  readonly got: number;
}

/** What backward_propagation gives, of the right gradient: right, planted bugs from large to subtle. */
const factors = [1, 2, -1, 0.5, 1.3, 1.001] as const;

const judgeCheck: FunctionJudge = async (judged, seed) => {
  const trials: Trial[] = [];
  const [course, ...others] = pairs(seed);
  for (const [k, factor] of factors.entries()) {
    const [x, theta] = k === 0 ? course : others[k % others.length];
    trials.push(await tried(judged, { x, theta, epsilon: 1e-7, polynomial: [0, x], factor }));
  }
  for (const epsilon of steps) {
    for (const [x, theta] of others.slice(0, 2)) {
      trials.push(await tried(judged, { x, theta, epsilon, polynomial: [1, 0, 0, x], factor: 1 }));
    }
  }
  const wrong = trials.find((trial) => !isNear(trial.got, expectedOf(trial, usual), trial.epsilon));
  if (wrong === undefined)
    return { why: say("right.checker", { planted: factors.length - 1, right: 1 + 2 * steps.length }) };
  requireVaried(trials);
  if (trials.slice(0, factors.length).every(({ got }) => Math.abs(got) < 1e-6))
    throw new Wrong(say("wrong.noBackward"));
  const read = readingOf(trials, readings, expectedOf);
  if (read?.ownCost && read.quotient === 0 && read.ratio === 0 && read.epsilon === undefined) {
    await requireTwoSided(judged);
    return { why: say("right.checkerOwnCost"), next: say("next.callForward") };
  }
  throw wrongCheck(
    {
      ...wrong,
      expected: expectedOf(wrong, usual),
      ...(wrong.factor !== 1 && { planted: `grad × ${wrong.factor}` }),
    },
    read && { ...read, ratioWritten: allRatios[read.ratio].written },
    trials.slice(factors.length),
  );
};

async function tried(judged: Judged, trial: Omit<Trial, "got" | "gradient">): Promise<Trial> {
  const { x, theta, epsilon, polynomial, factor } = trial;
  const gradient = factor * polynomial.reduce((sum, c, k) => sum + c * k * theta ** (k - 1), 0);
  const replaced = { forward_propagation: { polynomial }, backward_propagation: { returns: gradient } };
  const value = firstOf(await judged.call([x, theta, epsilon], { replaced }));
  return { ...trial, gradient, got: requireScalar(judged, "difference", value).data[0] };
}

/** How a check in one dimension may be written. */
interface Reading extends CheckReading {
  /** It computes θ x itself, whatever forward_propagation does. */
  readonly ownCost: boolean;
}

const usual: Reading = { quotient: 0, ratio: 0, ownCost: false };

/** With numbers in the place of vectors, signs may be forgotten. */
const allRatios = [
  ...ratios,
  { written: "(a − b) / (a + b)", value: ([a]: ArrayLike<number> & number[], [b]: number[]) => (a - b) / (a + b) },
  { written: "|a − b| / (a + b)", value: ([a]: number[], [b]: number[]) => Math.abs(a - b) / (a + b) },
  { written: "(a − b) / (|a| + |b|)", value: ([a]: number[], [b]: number[]) => (a - b) / (Math.abs(a) + Math.abs(b)) },
] as const;

/** Every way, the ones with the fewest mistakes first. */
const readings: readonly Reading[] = allRatios
  .flatMap((_, ratio) =>
    quotients.flatMap((_q, quotient) =>
      [false, true].flatMap((ownCost) => [
        { quotient, ratio, ownCost },
        { quotient, ratio, ownCost, epsilon: 1e-7 },
      ]),
    ),
  )
  .sort((a, b) => mistakesOf(a) - mistakesOf(b));

function mistakesOf({ quotient, ratio, epsilon, ownCost }: Reading): number {
  return [quotient > 0, ratio > 0, epsilon !== undefined, ownCost].filter(Boolean).length;
}

function expectedOf({ x, theta, polynomial, gradient, ...trial }: Trial, reading: Reading): number {
  const { quotient, ratio, epsilon = trial.epsilon, ownCost } = reading;
  const J = (at: number): number => (ownCost ? x * at : polynomial.reduce((sum, c, k) => sum + c * at ** k, 0));
  const approximation = quotients[quotient].value(J(theta + epsilon), J(theta - epsilon), J(theta), epsilon);
  return allRatios[ratio].value([gradient], [approximation]);
}

/** Two steps so small that θ + ε rounds to θ, but θ − ε does not: the one derivative of θ x that is ½ is two-sided. */
async function requireTwoSided(judged: Judged): Promise<void> {
  const replaced = { backward_propagation: { returns: 1 } };
  const value = firstOf(await judged.call([1, 1, 2 ** -53], { replaced }));
  const {
    data: [got],
  } = requireScalar(judged, "difference", value);
  if (!isClose([got], [1 / 3])) throw new Wrong(say("wrong.oneSidedLinear"), say("next.twoSided"));
}
