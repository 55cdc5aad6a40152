import { buildCommand } from "@stricli/core";
import { trainingConstraints } from "../../training/constraints.js";
import type { CliContext } from "../context.js";
import { jsonFlag, labelsFlag, overwriteFlag, pathFlag } from "../flags.js";
import { type OptionFlags, optionFlags } from "../options/optionFlags.js";
import { parseNumber, parseNumbers } from "../parse.js";

/** Networks train to the end, on the engine of this process. */
export const curveLeavesOut = ["effort", "patience", "minDelta", "metric", "engine", "threads"] as const;
type CurveLeavesOut = (typeof curveLeavesOut)[number];

export interface CurveFlags extends OptionFlags<CurveLeavesOut> {
  readonly sizes?: readonly number[];
  readonly lambdas?: readonly number[];
  readonly seeds?: number;
  readonly goal?: number;
  readonly labels?: string;
  readonly config?: string;
  readonly html?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

const sizes = { kind: "number", what: "training examples", whole: true, min: 1 } as const;
const seeds = { kind: "number", what: "networks a point", whole: true, min: 1, max: 1000 } as const;
const goal = { kind: "number", what: "training error", above: 0, max: 1 } as const;

export const curveCommand = buildCommand<CurveFlags, [string?], CliContext>({
  loader: async () => (await import("./curve.js")).curve,
  parameters: {
    flags: {
      ...optionFlags(...curveLeavesOut),
      labels: labelsFlag,
      sizes: {
        kind: "parsed",
        parse: (text) => parseNumbers("--sizes", text, sizes),
        brief: "Training-set sizes (default: halves of all there are)",
        placeholder: "50,100,200",
        optional: true,
      },
      lambdas: {
        kind: "parsed",
        parse: (text) => (text === "none" ? [] : parseNumbers("--lambdas", text, trainingConstraints.l2)),
        brief: "Values of λ, or none (default 0,0.01,0.1,1,10,100)",
        placeholder: "0,0.1,1",
        optional: true,
      },
      seeds: {
        kind: "parsed",
        parse: (text) => parseNumber("--seeds", text, seeds),
        brief: "Networks a point, each from other weights and examples (default 3)",
        placeholder: "N",
        optional: true,
      },
      goal: {
        kind: "parsed",
        parse: (text) => parseNumber("--goal", text, goal),
        brief: "Training error that is good enough; 1 is guessing, 0 perfect (default 0.3)",
        placeholder: "N",
        optional: true,
      },
      config: pathFlag("Take the options of training from this file; flags override it", "FILE.json"),
      html: pathFlag("Write a page with the curves", "FILE.html"),
      overwrite: overwriteFlag,
      json: jsonFlag,
    },
    positional: {
      kind: "tuple",
      parameters: [{ brief: "Table to learn from", placeholder: "file.csv", parse: String, optional: true }],
    },
  },
  docs: {
    brief: "Learning curves: does a model suffer from bias or from variance?",
    fullDescription:
      "Train on more and more rows, and with more and more λ, and read the errors on training and validation rows. Networks " +
      "train to the end, without early stopping, which would hide variance.",
  },
});
