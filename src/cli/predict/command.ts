import { buildCommand } from "@stricli/core";
import type { CliContext } from "../context.js";
import { jsonFlag, overwriteFlag, pathFlag } from "../flags.js";
import { parseNumber } from "../parse.js";

export interface PredictFlags {
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly threshold?: number;
  readonly json?: boolean;
}

export const predictCommand = buildCommand<PredictFlags, [string, string], CliContext>({
  loader: async () => (await import("./predict.js")).predict,
  parameters: {
    flags: {
      out: pathFlag("Write the predictions to this file instead of stdout", "FILE.csv"),
      overwrite: overwriteFlag,
      threshold: {
        kind: "parsed",
        brief: "Two classes: predict the second one where its probability is above this (default 0.5)",
        placeholder: "0…1",
        parse: (text) => parseNumber("--threshold", text, { kind: "number", min: 0, max: 1 }),
        optional: true,
      },
      json: jsonFlag,
    },
    positional: {
      kind: "tuple",
      parameters: [
        { brief: "Model file, as `gradproof train` writes it", placeholder: "model", parse: String },
        {
          brief: "Table with the columns the model was trained on, or arrays or images as it was trained on",
          placeholder: "file",
          parse: String,
        },
      ],
    },
  },
  docs: {
    brief: "Predict each row of a table, or each image",
    fullDescription: [
      "Predict each row of a table: one row out per row in, in the same order, as CSV.",
      "",
      "Two classes: `probability` of the second class, and `label`.",
      "Several classes: `probability` of the most probable one, its `label`, then the probability of each.",
      "Numbers: `prediction`.",
    ].join("\n"),
  },
});
