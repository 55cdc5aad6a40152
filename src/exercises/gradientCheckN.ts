import { multiply } from "../array/broadcast.js";
import { transposedProduct } from "../array/product.js";
import type { PlantableBugName } from "../gradcheck/network/planting/plantableBugs.js";
import { plantBugs } from "../gradcheck/network/planting/plantBugs.js";
import { subjectOf } from "../gradcheck/network/subjectOf.js";
import { dense } from "../network/dense.js";
import { network } from "../network/network.js";
import { RandomState } from "../random/randomState.js";
import { given, givenAll } from "./arrays.js";
import { rightBlocks } from "./backwardBlocks.js";
import { type BackwardCase, derivatives } from "./backwardChain.js";
import { type CheckReading, firstOf, isNear, readingOf, requireVaried, steps, wrongCheck } from "./checker.js";
import { type CourseData, crossEntropy, drawData, forwardPass, type Named } from "./course.js";
import { courseCase } from "./courseCase.js";
import { quotients, ratios } from "./differences.js";
import { requireScalar } from "./expect.js";
import type { FunctionJudge, Judged } from "./judging.js";
import { say } from "./say.js";

const blocks = ["W1", "b1", "W2", "b2", "W3", "b3"] as const;

/** Gradients to be checked, and what the student's check says of them. */
interface Trial {
  readonly data: CourseData;
  readonly gradients: Named;
  readonly epsilon: number;
  /** What is planted, as the sentence names it; nothing in right gradients. */
  readonly planted?: string;
  readonly got: number;
}

/** Wrong gradients of the jury, from large to subtle, as sentences name them. */
const jury: Readonly<Partial<Record<PlantableBugName, string>>> = {
  signFlipped: "−dθ",
  dbSum: "db = Σ dZ",
  derivativeMissing: "dZ2 = dA2",
  dWTwice: "dW2 × 2",
  dbFourTimes: "db1 × 4",
  dWRowZero: "dW1[i, :] = 0",
  dWEntryOff: "dW2[i, k] + 0.001",
};

export const judgeCheckN: FunctionJudge = async (judged, seed) => {
  const random = new RandomState(seed);
  const course = courseCase();
  const right = gradientsOf(course);
  const twoBugs = { ...right, dW2: multiply(right.dW2, 2), db1: multiply(right.db1, 4) };
  const drawn = drawData(random, [4, 5, 3, 1], 6);
  const rightOfDrawn = gradientsOf(drawn);
  const trials: Trial[] = [
    await tried(judged, { data: course, gradients: right, epsilon: 1e-7 }),
    await tried(judged, { data: course, gradients: twoBugs, epsilon: 1e-7, planted: "dW2 × 2, db1 × 4" }),
  ];
  for (const epsilon of [...steps, 1e-7]) {
    trials.push(await tried(judged, { data: drawn, gradients: rightOfDrawn, epsilon }));
  }
  for (const [name, symbol] of Object.entries(jury)) {
    const gradients = { ...rightOfDrawn, ...planted(drawn, name as PlantableBugName) };
    trials.push(await tried(judged, { data: drawn, gradients, epsilon: 1e-6, planted: symbol }));
  }
  const slightly = { ...rightOfDrawn, dW1: multiply(rightOfDrawn.dW1, 1.001) };
  trials.push(await tried(judged, { data: drawn, gradients: slightly, epsilon: 1e-6, planted: "dW1 × 1.001" }));
  const tables = new Tables();
  const wrong = trials.find((trial) => !isNear(trial.got, expectedOf(trial, usual, tables), trial.epsilon));
  if (wrong === undefined) {
    const found = trials.filter((trial) => trial.planted !== undefined).length;
    return { why: say("right.checker", { planted: found, right: trials.length - found }) };
  }
  requireVaried(trials);
  const read = readingOf(trials, readings, (trial, reading) => expectedOf(trial, reading, tables));
  const curved = trials.filter(({ data, planted }) => data === drawn && planted === undefined);
  const expected = expectedOf(wrong, usual, tables);
  throw wrongCheck({ ...wrong, expected }, read && { ...read, ratioWritten: ratios[read.ratio].written }, curved);
};

async function tried(judged: Judged, trial: Omit<Trial, "got">): Promise<Trial> {
  const { data, gradients, epsilon } = trial;
  const args = [givenAll(data.parameters), givenAll(gradients), given(data.X), given(data.Y), epsilon];
  const value = firstOf(await judged.call(args, { replaced: { forward_propagation_n: "forward_propagation_n" } }));
  return { ...trial, got: requireScalar(judged, "difference", value).data[0] };
}

/** What the course's backward_propagation_n returns, in its order. */
function gradientsOf(data: CourseData): Named {
  const at: BackwardCase = { ...data, values: forwardPass(data.X, data.parameters), lambda: 0 };
  const dZ = derivatives(at);
  const dW = rightBlocks(at, dZ);
  const { dZ3, dZ2, dZ1 } = dZ;
  const { dW3, db3, dW2, db2, dW1, db1 } = dW;
  const dA2 = transposedProduct(data.parameters.W3, dZ3);
  const dA1 = transposedProduct(data.parameters.W2, dZ2);
  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 };
}

/** The gradients of a network 4-5-3-1 with a bug in its backward pass. */
function planted({ X, Y, parameters }: CourseData, name: PlantableBugName): Named {
  const model = network({ inputs: 4, layers: [dense(5, "relu"), dense(3, "relu"), dense(1, "sigmoid")] });
  for (const block of blocks) model.parameters[block].data.set(parameters[block].data);
  const { gradients } = plantBugs(model, { X, Y }, [name]);
  const { subject } = subjectOf("plantBugs()", model, { X, Y }, {});
  return gradients(model, subject.step) as Named;
}

const usual: CheckReading = { quotient: 0, ratio: 0 };

/** What else may be wrong, besides the quotient, the ratio and the step. */
const others: readonly Omit<CheckReading, "quotient" | "ratio" | "epsilon">[] = [
  {},
  { covered: ["W1", "W2", "W3"] },
  { covered: ["W1"] },
  { covered: ["b1", "b2", "b3"] },
  { drift: -1 },
  { drift: 1 },
  { skipped: "last" },
  { skipped: "first" },
];

/** Every way, the ones with the fewest mistakes first. */
const readings: readonly CheckReading[] = others
  .flatMap((other) =>
    quotients.flatMap((_, quotient) =>
      ratios.flatMap((_r, ratio) => {
        const reading = { quotient, ratio, ...other };
        return [reading, { ...reading, epsilon: 1e-7 }];
      }),
    ),
  )
  .sort((a, b) => mistakesOf(a) - mistakesOf(b));

function mistakesOf({ quotient, ratio, ...more }: CheckReading): number {
  return Number(quotient > 0) + Number(ratio > 0) + Object.keys(more).length;
}

function expectedOf(trial: Trial, reading: CheckReading, tables: Tables): number {
  const { quotient, ratio, epsilon = trial.epsilon, covered, drift = 0, skipped } = reading;
  const { plus, minus, at } = tables.of(trial.data, epsilon, drift);
  const skippedEntry = skipped === "first" ? 0 : skipped === "last" ? plus.length - 1 : undefined;
  const gradient: number[] = [];
  const approximation: number[] = [];
  let k = 0;
  for (const block of blocks) {
    for (const entry of trial.gradients[`d${block}`].data) {
      if (covered === undefined || covered.includes(block)) {
        gradient.push(entry);
        approximation.push(k === skippedEntry ? 0 : quotients[quotient].value(plus[k], minus[k], at, epsilon));
      }
      k++;
    }
  }
  return ratios[ratio].value(gradient, approximation);
}

interface Costs {
  /** J(θ + ε eᵢ) and J(θ − ε eᵢ) for each entry of θ, in the order of the blocks. */
  readonly plus: readonly number[];
  readonly minus: readonly number[];
  /** J(θ) */
  readonly at: number;
}

type Drift = -1 | 0 | 1;

/** Costs around the parameters of a trial, computed once for each step and drift. */
class Tables {
  private readonly known = new Map<CourseData, Map<string, Costs>>();

  of(data: CourseData, epsilon: number, drift: Drift): Costs {
    const ofData = this.known.get(data) ?? new Map<string, Costs>();
    this.known.set(data, ofData);
    const key = `${epsilon} ${drift}`;
    const costs = ofData.get(key) ?? costsAround(data, epsilon, drift);
    ofData.set(key, costs);
    return costs;
  }
}

function costsAround({ X, Y, parameters }: CourseData, epsilon: number, drift: Drift): Costs {
  const moved = Object.fromEntries(Object.entries(parameters).map(([name, W]) => [name, W.clone()]));
  const J = (): number => crossEntropy(forwardPass(X, moved).A3, Y);
  const at = J();
  const plus: number[] = [];
  const minus: number[] = [];
  for (const block of blocks) {
    const { data } = moved[block];
    data.forEach((value, i) => {
      data[i] = value + epsilon;
      plus.push(J());
      data[i] = value - epsilon;
      minus.push(J());
      data[i] = value + drift * epsilon;
    });
  }
  return { plus, minus, at };
}
