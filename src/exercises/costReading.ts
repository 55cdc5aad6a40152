import { map, subtract } from "../array/broadcast.js";
import type { Matrix } from "../array/matrix.js";
import type { Message } from "../constraint/message.js";
import { type Named, sumOfLogs, sumOfSquares, total } from "./course.js";
import { isClose } from "./expect.js";
import { say } from "./say.js";

/** A cost that was asked for, and what came back. */
export interface CostAnswer {
  /** Outputs, 1 × m, and labels. */
  readonly A: Matrix;
  readonly Y: Matrix;
  readonly parameters: Named;
  readonly lambda: number;
  readonly got: number;
}

/** A way to write one part of the cost: its value, and what is wrong with it. */
interface Part {
  readonly cause?: Message;
  readonly value: (at: CostAnswer) => number;
}

/** What gives exactly these costs, in every case: as few mistakes as do. None where nothing does. */
export function costCauses(answers: readonly CostAnswer[], hasPenalty: boolean): readonly Message[] {
  let best: readonly Message[] | undefined;
  for (const entropy of entropies) {
    for (const penalty of hasPenalty ? penalties : [noPenalty]) {
      const fits = answers.every((at) => isClose([at.got], [entropy.value(at) + penalty.value(at)], 1e-5));
      const causes = [entropy.cause, penalty.cause].filter((cause) => cause !== undefined);
      if (fits && (best === undefined || causes.length < best.length)) best = causes;
    }
  }
  return best ?? [];
}

const noPenalty: Part = { value: () => 0 };

function ofOnes({ A, Y }: CostAnswer): number {
  return sumOfLogs(A, Y);
}

function ofZeros({ A, Y }: CostAnswer): number {
  const other = (M: Matrix): Matrix => map(M, (x) => 1 - x);
  return sumOfLogs(other(A), other(Y));
}

function entropy(at: CostAnswer): number {
  return (ofOnes(at) + ofZeros(at)) / at.Y.columns;
}

const entropies: readonly Part[] = [
  { value: entropy },
  { cause: say("mistake.costNoMean"), value: (at) => entropy(at) * at.Y.columns },
  { cause: say("mistake.costSign"), value: (at) => -entropy(at) },
  { cause: say("mistake.costHalf", { missing: "(1 − y) · log(1 − a)" }), value: (at) => ofOnes(at) / at.Y.columns },
  { cause: say("mistake.costHalf", { missing: "y · log a" }), value: (at) => ofZeros(at) / at.Y.columns },
  { cause: say("mistake.costLogarithm", { base: 2 }), value: (at) => entropy(at) / Math.LN2 },
  { cause: say("mistake.costLogarithm", { base: 10 }), value: (at) => entropy(at) / Math.LN10 },
  { cause: say("mistake.costFactor", { factor: 0.5 }), value: (at) => entropy(at) / 2 },
  {
    cause: say("mistake.costSquares"),
    value: ({ A, Y }) => sumOfSquares(subtract(A, Y)) / Y.columns,
  },
  { cause: say("mistake.costOnlyPenalty"), value: () => 0 },
];

function blocks({ parameters }: CostAnswer, role: string): Matrix[] {
  return Object.keys(parameters)
    .filter((name) => name.startsWith(role))
    .map((name) => parameters[name]);
}

function squaresOf(role: string): (at: CostAnswer) => number {
  return (at) => blocks(at, role).reduce((sum, M) => sum + sumOfSquares(M), 0);
}

const squares = squaresOf("W");

/** What is written in the place of λ/(2m). */
const factors: readonly { readonly written?: string; readonly value: (at: CostAnswer) => number }[] = [
  { value: ({ lambda, Y }) => lambda / (2 * Y.columns) },
  { written: "λ/m", value: ({ lambda, Y }) => lambda / Y.columns },
  { written: "λ/2", value: ({ lambda }) => lambda / 2 },
  { written: "λ", value: ({ lambda }) => lambda },
  { written: "1/(2m)", value: ({ Y }) => 1 / (2 * Y.columns) },
  { written: "−λ/(2m)", value: ({ lambda, Y }) => -lambda / (2 * Y.columns) },
  { written: "λ/(2m²)", value: ({ lambda, Y }) => lambda / (2 * Y.columns ** 2) },
  { written: "(λ/m)²", value: ({ lambda, Y }) => (lambda / Y.columns) ** 2 },
  { written: "2λ/m", value: ({ lambda, Y }) => (2 * lambda) / Y.columns },
  { written: "m λ/2", value: ({ lambda, Y }) => (Y.columns * lambda) / 2 },
];

/** What is summed in the place of the squares of all weights. */
const sums: readonly Part[] = [
  { value: squares },
  { cause: say("mistake.sumBiases"), value: (at) => squares(at) + squaresOf("b")(at) },
  { cause: say("mistake.sumOnlyBiases"), value: squaresOf("b") },
  ...[["1"], ["2"], ["3"], ["1", "2"], ["1", "3"], ["2", "3"]].map(
    (kept): Part => ({
      cause: say("mistake.sumLayers", { kept: kept.map((l) => `W${l}`) }),
      value: ({ parameters }) => kept.reduce((sum, l) => sum + sumOfSquares(parameters[`W${l}`]), 0),
    }),
  ),
  {
    cause: say("mistake.sumNotSquared", { written: "Σ W" }),
    value: (at) => blocks(at, "W").reduce((s, W) => s + total(W), 0),
  },
  {
    cause: say("mistake.sumNotSquared", { written: "Σ |W|" }),
    value: (at) => blocks(at, "W").reduce((s, W) => s + total(map(W, Math.abs)), 0),
  },
  {
    cause: say("mistake.sumNotSquared", { written: "‖W1‖ + ‖W2‖ + ‖W3‖" }),
    value: (at) => blocks(at, "W").reduce((s, W) => s + Math.sqrt(sumOfSquares(W)), 0),
  },
  { cause: say("mistake.sumNotSquared", { written: "√(Σ W²)" }), value: (at) => Math.sqrt(squares(at)) },
  {
    cause: say("mistake.sumNotSquared", { written: "(Σ W)²" }),
    value: (at) => blocks(at, "W").reduce((s, W) => s + total(W) ** 2, 0),
  },
];

const penalties: readonly Part[] = [
  { value: (at) => factors[0].value(at) * squares(at) },
  { cause: say("mistake.costNoPenalty"), value: () => 0 },
  ...factors.slice(1).map(({ written = "", value }): Part => {
    return { cause: say("mistake.penaltyFactor", { written }), value: (at) => value(at) * squares(at) };
  }),
  ...sums.slice(1).map(({ cause, value }): Part => {
    return { ...(cause && { cause }), value: (at) => factors[0].value(at) * value(at) };
  }),
  ...factors.slice(1).flatMap(({ written = "", value: factor }) =>
    sums.slice(1).map(({ cause, value }): Part => {
      const parts = { causes: cause ? [cause] : [] };
      return { cause: say("mistake.penaltyBoth", { written }, parts), value: (at) => factor(at) * value(at) };
    }),
  ),
];
