import type { DepthResult, DepthRun } from "../../experiments/depth.js";
import { type CliContext, widthOf } from "../context.js";
import { formatNumber, formatSeconds } from "../format.js";
import { formatTable, wrap } from "../table.js";

/** The powers, and each deep network from each start: sizes before training, and what became of it. */
export function printDepth({ powers, runs }: DepthResult, context: CliContext): string[] {
  const width = widthOf(context.process.stdout);
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0);
  const kinds = [...new Set(runs.map(({ activation }) => activation))];
  return [
    `depth: signals and gradients through many layers, ${formatSeconds(seconds)}`,
    "",
    ...formatTable(
      {
        header: ["linear units, all weights", "layers", "output of x = 1", "gradient at layer 1"],
        rows: powers.map(({ weight, depth, output, gradient }) => [
          String(weight),
          String(depth),
          formatNumber(output, 3),
          formatNumber(gradient, 3),
        ]),
      },
      width,
    ),
    ...kinds.flatMap((kind) => [
      "",
      ...tableOf(
        runs.filter(({ activation }) => activation === kind),
        width,
      ),
    ]),
    "",
    ...wrap(
      "signal: deviation of the last hidden layer's outputs over that of the first; ‖dW1‖: size of the first layer's gradient. " +
        "Both before training.",
      width,
    ),
  ];
}

function tableOf(runs: readonly DepthRun[], width: number): string[] {
  const [{ layers, activation }] = runs;
  return formatTable(
    {
      header: [`${layers} layers, ${activation}`, "signal", "‖dW1‖", "cost before", "after", "accuracy", ""],
      rows: runs.map(({ label, signals, gradients, costBefore, costAfter, accuracy, outcome }) => [
        label,
        ratio(signals[signals.length - 2], signals[0]),
        formatNumber(gradients[0], 2),
        formatNumber(costBefore, 3),
        costAfter === undefined ? "not finite" : formatNumber(costAfter, 3),
        accuracy.toFixed(3),
        outcome,
      ]),
    },
    width,
  );
}

function ratio(value: number, other: number): string {
  return other === 0 ? "0" : formatNumber(value / other, 2);
}
