import { buildCommand } from "@stricli/core";
import type { CliContext } from "../context.js";
import { jsonFlag, overwriteFlag, pathFlag } from "../flags.js";
import { someOptionFlags } from "../options/optionFlags.js";
import type { OptionValues } from "../options/options.js";
import { parseNumber } from "../parse.js";

/** How the file is read, beside what training knows: the kinds of the columns. */
const readingFlags = ["delimiter", "header", "decimal", "encoding", "missing", "dayFirst"] as const;

export type ReadingFlags = Pick<OptionValues, (typeof readingFlags)[number]>;

export interface PredictFlags extends ReadingFlags {
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly threshold?: number;
  readonly keep?: readonly string[];
  readonly append?: boolean;
  readonly raw?: boolean;
  readonly unknown?: "error" | "skip";
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
      keep: {
        kind: "parsed",
        brief:
          "Columns of the table to write before the predictions, beside those that name its rows (train --id), such as date",
        placeholder: "NAMES",
        parse: (text) => text.split(","),
        optional: true,
      },
      append: {
        kind: "boolean",
        brief: "Write all columns of the table before the predictions",
        optional: true,
        withNegated: false,
      },
      raw: {
        kind: "boolean",
        brief:
          "Write texts that a spreadsheet would run as formulas (= + - @ first) as they are, without a ' before them",
        optional: true,
        withNegated: false,
      },
      unknown: {
        kind: "enum",
        values: ["error", "skip"],
        brief:
          "Rows with what training did not have: end with an error, or leave them out (default: predict and count them)",
        optional: true,
      },
      ...someOptionFlags(...readingFlags),
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
      "",
      "What the rows of the table leave open, such as whether 1,234 has decimals or 03/04 is in March, is read as in training;",
      "--decimal, --day-first and their like say otherwise.",
      "The table is read, predicted and written part by part, so it may be larger than the memory.",
    ].join("\n"),
  },
});
