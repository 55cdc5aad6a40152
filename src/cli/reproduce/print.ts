import type { ExperimentRun } from "../../experiments/experimentRun.js";
import type { GradientCheckingResult } from "../../experiments/gradientChecking.js";
import { gradientCheckingReference, type ReferenceRun } from "../../experiments/reference.js";
import { drawCurves } from "../chart.js";
import { type CliContext, widthOf } from "../context.js";
import { formatCount, formatNumber, formatSeconds } from "../format.js";
import { formatTable, wrap } from "../table.js";
import { compare, costTolerance } from "./compare.js";

/** Costs above this are cut off in the chart: one run starts so high that the others would lie flat. */
const highestDrawn = 1;
/** How far a difference of the gradient check may be off, relative: it is rounding itself, magnified by 1/ε. */
const differenceTolerance = 1e-2;

/** A table of the runs beside the reference's, a chart of their costs, and the verdict. */
export function printRuns(
  title: string,
  runs: readonly ExperimentRun[],
  reference: Readonly<Record<string, ReferenceRun>> | undefined,
  context: CliContext,
): { lines: string[]; disagreeing: string[] } {
  const width = widthOf(context.process.stdout);
  const comparisons = reference === undefined ? [] : runs.map((run) => compare(run, reference[run.name]));
  const rows = comparisons.length > 0 ? comparisons : runs.map((run) => ({ run, reference: undefined }));
  const [last] = runs[0].costs[runs[0].costs.length - 1];
  const inReference = comparisons.length > 0;
  const header = ["", "train", "NumPy", "test", "NumPy", `cost ${formatCount(last)}`, "NumPy"];
  const cells = rows.map(({ run, reference: expected }) => [
    run.label,
    ...beside(run.trainAccuracy.toFixed(4), expected?.trainAccuracy.toFixed(4)),
    ...beside(run.testAccuracy.toFixed(2), expected?.testAccuracy.toFixed(2)),
    ...beside(
      formatNumber(run.costs[run.costs.length - 1][1], 6),
      expected && formatNumber(expected.costs.at(-1) ?? Number.NaN, 6),
    ),
  ]);
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0);
  const disagreeing = comparisons.filter(({ agrees }) => !agrees).map(({ run }) => `${title} ${run.name}`);
  const worst = Math.max(...comparisons.map(({ worstCost }) => worstCost));
  const verdict =
    disagreeing.length > 0
      ? `not as in NumPy: ${disagreeing.join(", ")} (accuracies must be equal, costs within ${costTolerance})`
      : `as in NumPy: every accuracy, and every cost to ${formatNumber(worst, 1)} (relative)`;
  const curves = runs.map(({ label, costs }) => ({
    name: label,
    points: costs.filter(([, cost]) => cost <= highestDrawn),
  }));
  return {
    disagreeing,
    lines: [
      `${title}   ${describe(runs[0])}   ${formatSeconds(seconds)}`,
      "",
      ...formatTable({ header: inReference ? header : header.filter((name) => name !== "NumPy"), rows: cells }, width),
      ...(inReference ? ["", ...wrap(verdict, width)] : []),
      "",
      drawCurves("training cost, every 1,000 iterations", curves, context),
    ],
  };
}

function beside(own: string, reference: string | undefined): string[] {
  return reference === undefined ? [own] : [own, reference];
}

/** `300 + 100 points, 2-10-5-1`. */
function describe({ data, network }: ExperimentRun): string {
  const units = [network.spec.inputs, ...network.spec.layers.map((layer) => layer.units)];
  return `${data.train.X.columns} + ${data.test.X.columns} points, ${units.join("-")}`;
}

/** The three checks beside the reference's numbers, and what was found in which block. */
export function printGradientChecking(result: GradientCheckingResult, context: CliContext): string[] {
  const width = widthOf(context.process.stdout);
  const rows = [
    ["J(θ) = θ x", result.oneDimension.difference, gradientCheckingReference.oneDimension, "correct"],
    ["backward pass", result.correct.difference, gradientCheckingReference.correct, result.correct.verdict],
    [
      "two planted bugs",
      result.planted.difference,
      gradientCheckingReference.planted,
      `${result.planted.verdict}: ${result.planted.wrongBlocks.join(", ")}`,
    ],
  ] as const;
  const header = ["", "difference", "NumPy", "verdict"];
  const cells = rows.map(([name, own, expected, verdict]) => [
    name,
    formatNumber(own),
    formatNumber(expected),
    verdict,
  ]);
  return [
    "gradient checking   4-5-3-1, 3 points, ε = 1e-7",
    "",
    ...formatTable({ header, rows: cells }, width),
    "",
    ...wrap(
      "The right backward pass misses the textbook's threshold of 1e-7 by the rounding of the cost alone; the verdict allows for that.",
      width,
    ),
  ];
}

/** The checks whose numbers or verdicts are not the reference's. */
export function gradientCheckingDisagreements({ oneDimension, correct, planted }: GradientCheckingResult): string[] {
  const far = (own: number, expected: number): boolean => !(Math.abs(own - expected) <= differenceTolerance * expected);
  const { oneDimension: expectedOne, correct: expectedCorrect, planted: expectedPlanted } = gradientCheckingReference;
  return [
    ...(far(oneDimension.difference, expectedOne) ? ["gradient checking in one dimension"] : []),
    ...(far(correct.difference, expectedCorrect) || correct.verdict !== "correct"
      ? ["gradient checking, right pass"]
      : []),
    ...(far(planted.difference, expectedPlanted) || planted.wrongBlocks.join() !== "W2,b1"
      ? ["gradient checking, planted bugs"]
      : []),
  ];
}
