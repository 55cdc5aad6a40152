import { buildCommand } from "@stricli/core";
import { requireName } from "../../constraint/constraint.js";
import { type SweepMethod, sweepConstraints, sweepMethods } from "../../sweep/sweep.js";
import type { CliContext } from "../context.js";
import { jsonFlag, labelsFlag, pathFlag } from "../flags.js";
import { type OptionFlags, optionFlags } from "../options/optionFlags.js";
import { parseNumber } from "../parse.js";

export interface SweepFlags extends OptionFlags<"effort" | "engine" | "threads"> {
  readonly search?: readonly string[];
  readonly method?: SweepMethod;
  readonly trials?: number;
  readonly folds?: number;
  readonly seeds?: number;
  readonly workers?: number;
  readonly labels?: string;
  readonly config?: string;
  readonly out?: string;
  readonly json?: boolean;
}

const workers = { kind: "number", what: "worker threads", whole: true, min: 1, max: 256 } as const;
const folds = { kind: "number", what: "folds of cross-validation", whole: true, min: 2, max: 100 } as const;

export const sweepCommand = buildCommand<SweepFlags, string[], CliContext>({
  loader: async () => (await import("./sweep.js")).sweep,
  parameters: {
    flags: {
      ...optionFlags("effort", "engine", "threads"),
      labels: labelsFlag,
      search: {
        kind: "parsed",
        parse: String,
        variadic: true,
        optional: true,
        brief:
          "What to try: a list l2=0,0.01,0.1, a range keep=0.5..1 or learningRate=1e-4..1e-1:log; several may follow each other",
        placeholder: "NAME=VALUES",
      },
      method: {
        kind: "parsed",
        parse: (text) => requireName("--method", text, sweepMethods),
        brief: "grid, random, sobol, halving (default grid; random where there is a range)",
        placeholder: "NAME",
        optional: true,
      },
      trials: count("trials", "Settings to draw, not for a grid (default 30)", sweepConstraints.trials),
      folds: count("folds", "Cross-validate with so many folds instead of one validation set", folds),
      seeds: count("seeds", "Runs of each trial, each from other weights (default 1)", sweepConstraints.seeds),
      workers: count("workers", "Runs at a time, in worker threads (default: all cores)", workers),
      config: pathFlag("Take the options of training from this file; flags override it", "FILE.json"),
      out: pathFlag("Folder of the sweep (default: a new one in runs/); one that was interrupted goes on", "DIR"),
      json: jsonFlag,
    },
    positional: {
      kind: "array",
      parameter: { brief: "Table to learn from; then more of --search", placeholder: "file.csv", parse: String },
    },
  },
  docs: {
    brief: "Search for the best settings of a training run",
    fullDescription: [
      "Try settings in parallel, rank them on held-out rows, and train the best on all rows.",
      "",
      "  gradproof sweep data.csv --target y --search l2=0,0.01,0.1,0.7 keep=1,0.9,0.8 init=he,xavier",
      "  gradproof sweep data.csv --target y --search learningRate=1e-4..1e-1:log l2=1e-3..10:log --method sobol",
      "",
      "Names are those of the flags: l2, keep, init, gain, learningRate, batchSize, epochs, hidden (32-16,64), activation, " +
        "optimizer, classWeight. Each finished run is kept at once: after Ctrl-C or a crash, the same command with " +
        "--out DIR goes on where it was. Results are the same for any number of workers.",
    ].join("\n"),
  },
});

function count(name: string, brief: string, range: Parameters<typeof parseNumber>[2]) {
  return {
    kind: "parsed",
    parse: (text: string): number => parseNumber(`--${name}`, text, range),
    brief,
    placeholder: "N",
    optional: true,
  } as const;
}
