import { buildCommand } from "@stricli/core";
import { requireName } from "../../constraint/constraint.js";
import type { CliContext } from "../context.js";
import { jsonFlag, overwriteFlag, pathFlag } from "../flags.js";

export const experimentNames = ["initialization", "regularization", "gradient-checking", "depth", "all"] as const;
export type ExperimentChoice = (typeof experimentNames)[number];

export interface ReproduceFlags {
  readonly data?: string;
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

export const reproduceCommand = buildCommand<ReproduceFlags, [ExperimentChoice], CliContext>({
  loader: async () => (await import("./reproduce.js")).reproduce,
  parameters: {
    flags: {
      data: pathFlag("Points of the regularization experiment: a MATLAB v5 file with X, y, Xval, yval", "FILE.mat"),
      out: pathFlag("Folder for the report (default: a new one in runs/)", "DIR"),
      overwrite: overwriteFlag,
      json: jsonFlag,
    },
    positional: {
      kind: "tuple",
      parameters: [
        {
          brief: experimentNames.join(", "),
          placeholder: "experiment",
          parse: (text) => requireName("experiment", text, experimentNames),
          default: "all",
        },
      ],
    },
  },
  docs: {
    brief: "Run the reference experiments and compare every number with NumPy's",
    fullDescription:
      "Run the reference experiments and compare every number with NumPy's: four ways to initialize a network, L2 and " +
      "dropout against none, and gradient checking of a right and a wrong backward pass. Writes a report with pictures.\n\n" +
      "depth, which `all` leaves out, trains deep networks from five starts and shows which of them vanish, explode or learn.",
  },
});
