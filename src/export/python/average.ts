import type { AveragePlan } from "../../ops/average/average.js";
import { indented, type Line } from "../../ops/text/lines.js";
import type { PreparedRun } from "../preparedRun.js";

/** What the loop does for an average of the weights. */
export interface AverageLines {
  /** Lines before the loop, and after an update. */
  readonly start: readonly Line[];
  readonly add: readonly Line[];
  /** What the validation set is watched with, and what the run ends with. */
  readonly current: string;
}

/** The average of `p` in a NumPy program. */
export function numpyAverage({ average }: PreparedRun): AverageLines | undefined {
  if (average === undefined) return undefined;
  return {
    start: [["average, weight = {}, 0", "of the weights, and what it holds"]],
    add: where(average, [
      average.decay < 1 ? "weight = 1 + average_decay * weight" : "weight = weight + 1",
      "average = {name: average.get(name, 0) + (value - average.get(name, 0)) / weight for name, value in p.items()}",
    ]),
    current: "average or p",
  };
}

/** The average of `model` in a PyTorch program. */
export function pytorchAverage({ average, program }: PreparedRun): AverageLines | undefined {
  if (average === undefined) return undefined;
  const buffers = program.stateLayout.length > 0 ? ", use_buffers=True" : "";
  const share = "(1 - average_decay) / (1 - average_decay ** (n.item() + 1))";
  return {
    start:
      average.decay < 1
        ? [
            ["averaged = AveragedModel(", "with the start corrected"],
            `    model, avg_fn=lambda average, value, n: average + (value - average) * ${share}${buffers})`,
          ]
        : [`averaged = AveragedModel(model${buffers})`],
    add: where(average, ["averaged.update_parameters(model)"]),
    current: "averaged.module if averaged.n_averaged > 0 else model",
  };
}

/** The lines, under the condition that the weights after this update count. */
function where({ from, every }: AveragePlan, lines: readonly Line[]): readonly Line[] {
  const conditions = [
    ...(from > 1 ? ["iteration + 1 >= average_from"] : []),
    ...(every > 1 ? ["(iteration + 1) % steps_per_epoch == 0"] : []),
  ];
  return conditions.length === 0 ? lines : [`if ${conditions.join(" and ")}:`, ...indented(lines)];
}
