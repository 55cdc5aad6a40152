import type { Dataset } from "../../src/data/dataset.js";
import { checkNetwork } from "../../src/gradcheck/network/checkNetwork.js";
import type { NetworkCheckOptions } from "../../src/gradcheck/network/networkOptions.js";
import type { GradientReport } from "../../src/gradcheck/report.js";
import { activation } from "../../src/network/activationLayer.js";
import { concatenation } from "../../src/network/concatenation.js";
import { dense } from "../../src/network/dense.js";
import { members } from "../../src/network/members.js";
import { type Network, network } from "../../src/network/network.js";
import { isPenalized, type PenaltyStrength, weightsIn } from "../../src/network/penalty.js";
import { residual } from "../../src/network/residual.js";
import type { LayerSpec, NetworkSpec } from "../../src/network/spec.js";
import { structures } from "../../src/ops/generated/structures.js";
import {
  type ActivationName,
  hiddenActivations,
  type InitializerSpec,
  type LossSpec,
  names,
} from "../../src/ops/names.js";
import { RandomState } from "../../src/random/randomState.js";
import { examplesFor, heads, type LayerProblem, layerDefinitions, layerProblems } from "../../test/problems.js";

/** A network of the library's operations, and how its gradient is checked. */
export interface OperationsCase {
  readonly model: Network;
  readonly data: Dataset;
  readonly options: NetworkCheckOptions;
  /** Operations and settings of it, for the table of results. */
  readonly parts: readonly string[];
}

/** What the check made of such a network, whose gradient is the engine's. */
export interface OperationsOutcome {
  readonly index: number;
  /** Refused where the cost is too large for a number, and there is nothing to check. */
  readonly verdict: GradientReport["verdict"] | "refused";
  /** Whether every undecided block says why. */
  readonly reasoned: boolean;
  readonly blocks: number;
  readonly parts: readonly string[];
}

/** What a network has at least. */
interface Theme {
  readonly problem?: LayerProblem;
  readonly hidden?: ActivationName;
  readonly head?: readonly [ActivationName, LossSpec];
}

/** In turn: every layer in each of its places, every hidden activation, also at the end, and every loss with its options. */
const themes: readonly Theme[] = [
  ...layerProblems.map(([, problem]) => ({ problem })),
  ...hiddenActivations.map((hidden) => ({ hidden })),
  ...hiddenActivations.map((name) => ({ head: [name, "meanSquaredError"] as const })),
  ...heads.map((head) => ({ head })),
];

const starts: readonly InitializerSpec[] = [
  "he",
  "xavier",
  "glorot",
  { type: "normal", scale: 2 },
  { type: "normal", scale: 0.01 },
];
const takesNumbers = layerDefinitions.flatMap(([, { example, end }]) =>
  example.codes === undefined && end === undefined ? [example] : [],
);

/** The network of an index: the same on every machine, whatever was drawn before. */
export function drawOperations(seed: number, index: number): OperationsCase {
  const random = new RandomState((seed * 1_000_003 + index) % 2 ** 32);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(values.length * random.random())];
  const chance = (p: number): boolean => random.random() < p;
  const { problem, hidden, head } = themes[index % themes.length];
  const anyHidden = (): ActivationName => hidden ?? pick(hiddenActivations);
  const one = (depth: number): readonly LayerSpec[] => {
    if (depth > 0 && chance(0.4)) {
      const inner = some(depth - 1);
      return [chance(0.5) ? residual(inner) : concatenation([{ layers: inner }, { layers: some(depth - 1) }, {}])];
    }
    if (chance(0.4)) return [dense(1 + Math.floor(6 * random.random()), anyHidden())];
    const { spec, inputs } = pick(takesNumbers);
    return [dense(inputs, anyHidden()), spec, ...(chance(0.5) ? [activation(anyHidden())] : [])];
  };
  const some = (depth: number): LayerSpec[] => Array.from({ length: pick([1, 1, 2]) }, () => one(depth)).flat();

  const stack = (): Omit<NetworkSpec, "inputs"> => {
    const [output, loss] = head ?? pick(heads);
    const units = output === "softmax" ? pick([2, 3, 4]) : pick([1, 1, 2, 3]);
    const last = dense(units, output);
    const shared = (): LayerSpec =>
      members(pick([2, 3]), [dense(1 + Math.floor(6 * random.random()), anyHidden()), last]);
    return { layers: [...some(2), chance(0.2) ? shared() : last], loss };
  };
  const spec: NetworkSpec = {
    ...(problem?.spec ?? { inputs: pick([1, 2, 4, 6]), ...stack() }),
    initializer: pick(starts),
    seed: index,
    dtype: pick(["float64", "float32"] as const),
  };
  const model = network(spec);
  const codes = problem?.codes;
  const leastExamples = Math.max(1, ...model.program.steps.map(({ operation }) => operation.leastExamples ?? 1));
  const m = pick([1, 2, 3, 5, 10, 30].filter((count) => count >= leastExamples));
  const data = examplesFor({ spec, codes }, m, random);
  if (codes === undefined) {
    if (chance(0.2)) for (const [k, x] of data.X.data.entries()) data.X.data[k] = x * pick([0.1, 10]);
    // A feature that is always 0, and with biases of 0 a kink for all that read it alone.
    if (chance(0.1)) data.X.data.fill(0, 0, m);
  }
  const strength = () => {
    const of = () => pick([0, 0.1, 0.7, 3]);
    return chance(0.3) ? weightsIn(model).map(of) : of();
  };
  const options: NetworkCheckOptions = {
    seed: index,
    l1: chance(0.4) ? strength() : 0,
    l2: chance(0.5) ? strength() : 0,
    keep: pick([1, 1, 0.5, 0.86]),
    inputKeep: codes === undefined ? pick([1, 1, 1, 0.8]) : 1,
    batchSize: m >= 10 ? pick([5, m]) : m,
    ...(chance(0.2) && { sampleWeights: Array.from({ length: m }, () => 0.5 + random.random()) }),
    ...(chance(0.15) ? { mode: "exhaustive", trainingSteps: 0 } : { trainingSteps: pick([20, 20, 20, 100]) }),
  };
  return { model, data, options, parts: partsOf(model, options) };
}

/** Checks the network of an index. */
export async function judgeOperations(seed: number, index: number): Promise<OperationsOutcome> {
  const { model, data, options, parts } = drawOperations(seed, index);
  const checked = checkNetwork(model, data, options);
  const { verdict, blocks } = await checked.catch((error) => {
    if (error instanceof RangeError && /cost\(\) is \S+ at the given/.test(error.message))
      return { verdict: "refused" as const, blocks: [] };
    throw error;
  });
  const undecided = blocks.filter((block) => block.verdict === "undecided");
  return {
    index,
    verdict,
    reasoned: undecided.every(({ reason }) => reason !== undefined),
    blocks: blocks.length,
    parts,
  };
}

/** Layers, activations, the steps between layers, the loss, and what else the gradient is made of. */
function partsOf({ spec, program, loss }: Network, { l1, l2, mode, ...options }: NetworkCheckOptions): string[] {
  const penalized = (l1: PenaltyStrength = 0): boolean => isPenalized({ l1 });
  const lossOptions = typeof spec.loss === "object" ? " with other numbers" : "";
  const settings = {
    float64: spec.dtype === "float64",
    float32: spec.dtype === "float32",
    "every entry": mode === "exhaustive",
    L1: penalized(l1),
    L2: penalized(l2),
    "L1 and L2 together": penalized(l1) && penalized(l2),
    "a strength for each layer": [l1, l2].some(Array.isArray),
    "keep below 1": [options.keep, options.inputKeep].flat().some((keep) => keep !== undefined && keep < 1),
    "sample weights": options.sampleWeights !== undefined,
  };
  return [
    ...new Set([
      ...layersIn(spec.layers).map((type) => `layer ${type}`),
      ...program.steps.flatMap(({ op }) =>
        names.activations.filter((name) => name === op).map((name) => `activation ${name}`),
      ),
      ...program.steps.flatMap(({ op }) => (op in structures ? [`structure ${op}`] : [])),
      `loss ${loss.name}${lossOptions}`,
      ...Object.entries(settings).flatMap(([name, is]) => (is ? [name] : [])),
    ]),
  ];
}

/** Types of layers, those within others too. */
function layersIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = layerDefinitions.flatMap(([type]) => ("type" in value && value.type === type ? [type] : []));
  return [...own, ...Object.values(value).flatMap(layersIn)];
}
