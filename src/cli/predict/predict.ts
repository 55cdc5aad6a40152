import { OptionError } from "../../constraint/constraint.js";
import { formatCsv } from "../../data/csvWriter.js";
import { FormatError } from "../../data/formatError.js";
import type { TablePredictions } from "../../formats/model.js";
import { predictTable } from "../../formats/predictModel.js";
import { openEngine } from "../../node/engines.js";
import { modelIn } from "../../node/modelFiles.js";
import type { CliContext } from "../context.js";
import { printJson } from "../flags.js";
import { plural } from "../format.js";
import { OutputFile } from "../outputFile.js";
import { readExamplesFor } from "../readExamples.js";
import { readCurrent, readFor } from "../train/readResults.js";
import { visibleLines } from "../visible.js";
import type { PredictFlags } from "./command.js";

/** `gradproof predict`: one row out per row in, in the same order. */
export async function predict(
  this: CliContext,
  { out, overwrite, threshold, json }: PredictFlags,
  modelFile: string,
  file: string,
): Promise<void> {
  const inputs = [...readFor(modelFile), file];
  const output = out === undefined ? undefined : await OutputFile.plan(out, { overwrite, inputs });
  const model = await modelIn(modelFile, await readCurrent(modelFile));
  const { encoder } = model;
  if (encoder === undefined) {
    throw new FormatError(
      `${modelFile} was not trained on a table, so it knows no columns; use it through the library`,
    );
  }
  if (threshold !== undefined && encoder.task !== "binary") {
    throw new OptionError(
      `--threshold is for two classes; ${modelFile} predicts ${encoder.target.name} (${encoder.task})`,
    );
  }
  const table = await readExamplesFor(this, encoder, "features", file);
  const { engine, close } = openEngine();
  const predictions = predictTable(model, table, { engine, ...(threshold !== undefined && { threshold }) });
  close();
  const { header, rows } = tabulate(predictions);
  const csv = formatCsv(header, rows);
  const printed = output === undefined || output.isStandardOutput;
  if (!printed) await output.write(this, csv);
  if (json) {
    const { task, classNames } = predictions;
    printJson(this, {
      task,
      target: encoder.target.name,
      ...(classNames && { classes: classNames }),
      ...(out !== undefined && { out }),
      predictions: rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]]))),
    });
  } else if (printed) {
    // A file or a program takes the labels as they are.
    this.process.stdout.write(this.process.stdout.isTTY === true ? visibleLines(csv) : csv);
  } else {
    const count = plural(rows.length, "prediction");
    this.process.stdout.write(visibleLines(`${count} of ${encoder.target.name} written to ${output.path}\n`));
  }
}

/** Predictions as columns: probability and label; label and each class's probability; or the number. */
function tabulate({ outputs, classNames, labels }: TablePredictions): {
  header: string[];
  rows: (string | number)[][];
} {
  const count = outputs.columns;
  if (labels === undefined || classNames === undefined) {
    return { header: ["prediction"], rows: Array.from({ length: count }, (_, j) => [outputs.get(0, j)]) };
  }
  if (outputs.rows === 1) {
    return {
      header: ["probability", "label"],
      rows: Array.from({ length: count }, (_, j) => [outputs.get(0, j), labels[j]]),
    };
  }
  return {
    header: ["probability", "label", ...classNames.map((name) => `probability of ${name}`)],
    rows: Array.from({ length: count }, (_, j) => {
      const probabilities = classNames.map((_, k) => outputs.get(k, j));
      return [Math.max(...probabilities), labels[j], ...probabilities];
    }),
  };
}
