import type { ExperimentRun } from "../../experiments/experimentRun.js";
import type { GradientCheckingResult } from "../../experiments/gradientChecking.js";
import { gradientCheckingReference, type ReferenceRun } from "../../experiments/reference.js";
import { messageInWords } from "../../gradcheck/network/messageInWords.js";
import { drawCurves } from "../chart.js";
import { type CliContext, widthOf } from "../context.js";
import { formatCount, formatNumber, formatSeconds } from "../format.js";
import { formatTable, wrap } from "../table.js";
import type { Comparison } from "./compare.js";

/** Costs above this are cut off in the chart: one run starts so high that the others would lie flat. */
const highestDrawn = 1;

/** A table of the runs beside the reference's, how close they are, and a chart of their costs. */
export function printRuns(
  title: string,
  runs: readonly ExperimentRun[],
  comparisons: readonly Comparison[],
  context: CliContext,
): string[] {
  const width = widthOf(context.process.stdout);
  const [last] = runs[0].costs[runs[0].costs.length - 1];
  const header = ["", "train", "NumPy", "test", "NumPy", `cost ${formatCount(last)}`, "NumPy"];
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0);
  const curves = runs.map(({ label, costs }) => ({
    name: label,
    points: costs.filter(([, cost]) => cost <= highestDrawn),
  }));
  const compared = comparisons.length > 0;
  return [
    ...wrap(`${title}: ${describe(runs[0])}, ${formatSeconds(seconds)}`, width),
    "",
    ...formatTable(
      {
        header: compared ? header : header.filter((name) => name !== "NumPy"),
        rows: runs.map((run) => cellsOf(run, comparisons.find((comparison) => comparison.run === run)?.reference)),
      },
      width,
    ),
    ...(compared ? ["", ...wrap(verdictOn(comparisons), width)] : []),
    "",
    drawCurves("training cost, every 1,000 iterations", curves, context),
  ];
}

/** `300 + 100 points, 2-10-5-1`. */
function describe({ data, network }: ExperimentRun): string {
  const units = [network.spec.inputs, ...network.layers.map((layer) => layer.units)];
  return `${data.train.X.columns} + ${data.test.X.columns} points, ${units.join("-")}`;
}

function cellsOf(run: ExperimentRun, reference: ReferenceRun | undefined): string[] {
  const beside = (own: number, expected: number | null | undefined, format: (value: number) => string): string[] =>
    reference === undefined ? [format(own)] : [format(own), format(expected ?? Number.NaN)];
  return [
    run.label,
    ...beside(run.trainAccuracy, reference?.trainAccuracy, (value) => value.toFixed(4)),
    ...beside(run.testAccuracy, reference?.testAccuracy, (value) => value.toFixed(3)),
    ...beside(run.costs[run.costs.length - 1][1], reference?.costs.at(-1), (value) => formatNumber(value, 6)),
  ];
}

/** How close the runs come to the reference, or which do not. */
function verdictOn(comparisons: readonly Comparison[]): string {
  const apart = comparisons.filter(({ agrees }) => !agrees).map(({ run }) => run.label);
  if (apart.length > 0) return `NOT as in NumPy: ${apart.join(", ")}`;
  const strictest = Math.min(...comparisons.map(({ tolerance }) => tolerance));
  const worst = Math.max(...comparisons.filter((c) => c.tolerance === strictest).map(({ worstCost }) => worstCost));
  const exceptions = comparisons
    .filter(({ tolerance }) => tolerance > strictest)
    .map(({ run, worstCost }) => `; ${run.label} to ${formatNumber(worstCost, 1)}, since its path is chaotic`);
  return `as in NumPy: every accuracy, and every logged cost to ${formatNumber(worst, 1)} relative${exceptions.join("")}`;
}

/** The three checks beside the reference's numbers, and what was found in which block. */
export function printGradientChecking(result: GradientCheckingResult, context: CliContext): string[] {
  const width = widthOf(context.process.stdout);
  const { oneDimension, correct, planted } = result;
  const expected = gradientCheckingReference;
  const rows: [string, number, number, string][] = [
    ["J(θ) = θ x", oneDimension.difference, expected.oneDimension, ""],
    ["right backward pass", correct.difference, expected.correct, correct.verdict],
    ["two planted bugs", planted.difference, expected.planted, `${planted.verdict}: ${planted.wrongBlocks.join(", ")}`],
  ];
  const remark =
    "The right pass misses the textbook's threshold of 1e-7 by the rounding of the cost alone: computed from the logits, " +
    `the same cost gives ${formatNumber(correct.differenceFromLogits, 2)}. The verdict allows for that rounding: ${correct.report.notes.map((note) => messageInWords(note)).join(" ")}`;
  const found = planted.report.blocks
    .filter(({ verdict }) => verdict === "wrong")
    .flatMap(({ name, explanation, entries = [] }) =>
      wrap(
        `${name}: ${explanation ? messageInWords(explanation) : `${entries.length} entries measured, see the report`}`,
        width,
      ),
    );
  return [
    "gradient checking: 4-5-3-1, 3 points, ε = 1e-7",
    "",
    ...formatTable(
      {
        header: ["", "difference", "NumPy", "verdict"],
        rows: rows.map(([name, own, reference, verdict]) => [
          name,
          formatNumber(own),
          formatNumber(reference),
          verdict,
        ]),
      },
      width,
    ),
    "",
    ...found,
    "",
    ...wrap(remark, width),
  ];
}
