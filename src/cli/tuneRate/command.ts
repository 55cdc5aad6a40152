import { buildCommand } from "@stricli/core";
import { rateSearchConstraints } from "../../training/findLearningRate.js";
import type { CliContext } from "../context.js";
import { jsonFlag, labelsFlag, overwriteFlag, pathFlag } from "../flags.js";
import { type OptionFlags, optionFlags } from "../options/optionFlags.js";
import { parseNumber } from "../parse.js";

/** A search sets the rate and ends by itself; nothing is watched. */
export const tuneRateLeavesOut = [
  ...([
    "epochs",
    "iterations",
    "learningRate",
    "schedule",
    "l2Schedule",
    "weightDecaySchedule",
    "keepSchedule",
  ] as const),
  ...([
    "patience",
    "minDelta",
    "metric",
    "changes",
    "recordEvery",
    "recordCleanCost",
    "name",
    "members",
    "effort",
  ] as const),
] as const;
type TuneRateLeavesOut = (typeof tuneRateLeavesOut)[number];

export interface TuneRateFlags extends OptionFlags<TuneRateLeavesOut> {
  readonly from?: number;
  readonly to?: number;
  readonly steps?: number;
  readonly labels?: string;
  readonly config?: string;
  readonly html?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

export const tuneRateCommand = buildCommand<TuneRateFlags, [string?], CliContext>({
  loader: async () => (await import("./tuneRate.js")).tuneRate,
  parameters: {
    flags: {
      from: rate("from", "Learning rate of the first step (default 1e-7)"),
      to: rate("to", "Learning rate of the last step (default 10)"),
      steps: {
        kind: "parsed",
        parse: (text: string) => parseNumber("--steps", text, rateSearchConstraints.steps),
        brief: "Steps of the search, from 10 on (default 100)",
        placeholder: "N",
        optional: true,
      },
      ...optionFlags(...tuneRateLeavesOut),
      labels: labelsFlag,
      config: pathFlag("Take the options of training from this file; flags override it", "FILE.json"),
      html: pathFlag("Write a page with the curve", "FILE.html"),
      overwrite: overwriteFlag,
      json: jsonFlag,
    },
    positional: {
      kind: "tuple",
      parameters: [
        { brief: "What to learn from, as train takes it", placeholder: "file", parse: String, optional: true },
      ],
    },
  },
  docs: {
    brief: "Find a learning rate: the learning rate range test",
    fullDescription:
      "Train for some steps while the learning rate grows from step to step, until the cost rises, and suggest a tenth of the " +
      "rate at which it was lowest (Smith 2017). The network and the data are those of `train` with the same flags. Nothing is " +
      "written but what --html asks for.",
  },
});

function rate(name: "from" | "to", brief: string) {
  return {
    kind: "parsed",
    parse: (text: string) => parseNumber(`--${name}`, text, rateSearchConstraints[name]),
    brief,
    placeholder: "N",
    optional: true,
  } as const;
}
