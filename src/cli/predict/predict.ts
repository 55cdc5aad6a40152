import { setImmediate } from "node:timers/promises";
import { OptionError } from "../../constraint/constraint.js";
import { formatCsv, formatRows } from "../../data/csvWriter.js";
import { FormatError } from "../../data/formatError.js";
import type { KeptColumns, TablePart } from "../../data/readers/csvParts.js";
import { readingOfParts } from "../../data/readers/readingOfParts.js";
import type { Reading } from "../../data/reading.js";
import type { Table } from "../../data/table.js";
import type { TableEncoder } from "../../data/tableEncoder.js";
import { UnknownTally } from "../../data/unknownCells.js";
import type { TablePredictions } from "../../formats/model.js";
import { predictTable } from "../../formats/predictModel.js";
import { openEngine } from "../../node/engines.js";
import { modelIn } from "../../node/modelFiles.js";
import { isArrayFile } from "../../node/readArrays.js";
import { readTableParts } from "../../node/readTable.js";
import type { CliContext } from "../context.js";
import { printJson } from "../flags.js";
import { plural } from "../format.js";
import { interruptible } from "../interrupt.js";
import { OutputFile, writeTo } from "../outputFile.js";
import { printNote } from "../printNote.js";
import { ProgressDisplay } from "../progress.js";
import { readExamplesFor, requireUnread } from "../readExamples.js";
import { noteReading } from "../readTableShown.js";
import { readCurrent, readFor } from "../train/readResults.js";
import { visibleLines } from "../visible.js";
import type { PredictFlags, ReadingFlags } from "./command.js";
import { guarded } from "./guarded.js";
import { predictionColumns, type Row } from "./predictionColumns.js";
import { UnknownCount } from "./unknownCount.js";

/** `gradproof predict`: one row out per row in, in the same order. */
export async function predict(
  this: CliContext,
  { out, overwrite, threshold, keep, append, raw, unknown, json, ...reading }: PredictFlags,
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
  if (append && keep !== undefined) {
    throw new OptionError("--append keeps all columns, --keep some of them; give one of the two");
  }
  const rows = await rowsOf(this, encoder, file, append ? "all" : (keep ?? []), reading);
  const { engine, close } = openEngine();
  const skips = unknown === "skip";
  const found = new UnknownCount();
  const predicted = predictedParts(rows.parts, raw === true, (table) => {
    const tally = new UnknownTally(skips);
    const predictions = predictTable(model, table, {
      engine,
      threshold,
      unknown: unknown === "error" ? unknown : tally,
    });
    found.add(tally);
    return { predictions, leftOut: skips ? tally.rows : new Set() };
  });
  const { stdout } = this.process;
  const printed = output === undefined || output.isStandardOutput;
  const all: PredictedPart[] = [];
  let isFirst = true;
  let count = 0;
  async function* csv(ended: () => void): AsyncGenerator<string> {
    for (const part of predicted) {
      await setImmediate(); // lets a signal in
      ended();
      const { header, rows } = part;
      yield isFirst ? formatCsv(header, rows) : formatRows(header, rows);
      isFirst = false;
      count += rows.length;
      if (json) all.push(part);
    }
  }
  // A file or a program takes the labels as they are.
  async function* shown(texts: AsyncIterable<string>): AsyncGenerator<string> {
    for await (const text of texts) yield visibleLines(text);
  }
  try {
    await interruptible(this, async (signal, stopped) => {
      const texts = csv(() => {
        if (signal.aborted) throw stopped(printed ? "the rest is not predicted" : "nothing is written");
      });
      if (!printed) await output.write(this, texts);
      else if (!json) await writeTo(stdout, stdout.isTTY === true ? shown(texts) : texts);
      else for await (const _ of texts);
    });
  } finally {
    close();
    noteReading(this, file, rows.reading());
  }
  if (found.rows > 0) printNote(this, found.text(skips));
  if (json) {
    printJson(this, {
      task: encoder.task,
      target: encoder.target.name,
      ...(encoder.classNames && { classes: encoder.classNames }),
      ...(out !== undefined && { out }),
      predictions: all.flatMap(({ header, rows }) =>
        rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]]))),
      ),
    });
  } else if (!printed) {
    stdout.write(visibleLines(`${plural(count, "prediction")} of ${encoder.target.name} written to ${output.path}\n`));
  }
}

/** Some rows with their predictions. */
interface PredictedPart {
  readonly header: readonly string[];
  readonly rows: readonly Row[];
}

/** The columns that are kept, then the predictions. */
function* predictedParts(
  parts: Iterable<Pick<TablePart, "table" | "kept">>,
  raw: boolean,
  predict: (table: Table) => { readonly predictions: TablePredictions; readonly leftOut: ReadonlySet<number> },
): Generator<PredictedPart> {
  const safe = <Cell extends string | number | null>(cell: Cell): Cell | string => (raw ? cell : guarded(cell));
  for (const { table, kept } of parts) {
    if (table.rows === 0) continue;
    const { predictions, leftOut } = predict(table);
    const { header, row } = predictionColumns(predictions);
    const rows = Array.from({ length: table.rows }, (_, j) => j).filter((j) => !leftOut.has(j));
    const names = kept.columns.map(({ name }) => name);
    yield {
      header: [...names, ...header.map((name) => freeName(name, names))].map(safe),
      rows: rows.map((j) => [...kept.columns.map(({ values }) => values[j]), ...row(j)].map(safe)),
    };
  }
}

/** A name for a column of predictions that no column of the table has. */
function freeName(name: string, taken: readonly string[]): string {
  return taken.includes(name) ? freeName(`predicted ${name}`, taken) : name;
}

/** The rows to predict: of a table part by part, of arrays at once. */
interface RowsToPredict {
  readonly parts: Iterable<Pick<TablePart, "table" | "kept">>;
  /** How the rows so far were read; undefined for what is no text. */
  readonly reading: () => Reading | undefined;
}

async function rowsOf(
  context: CliContext,
  encoder: TableEncoder,
  file: string,
  keep: KeptColumns,
  said: ReadingFlags,
): Promise<RowsToPredict> {
  const options = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  if (!isArrayFile(file)) {
    const parts = await readTableParts(file, { ...encoder.csvOptions("features"), ...options }, keep);
    return underBar(context, parts);
  }
  if (keep.length > 0)
    throw new OptionError(`--keep and --append are for tables; ${file} holds arrays, without columns`);
  requireUnread(options, file);
  const table = await readExamplesFor(context, encoder, "features", file);
  return { parts: [{ table, kept: { rows: table.rows, columns: [] } }], reading: () => undefined };
}

/** The same parts, under a progress line. */
function underBar(context: CliContext, parts: Iterable<TablePart>): RowsToPredict {
  let reading: Reading | undefined;
  function* shown(): Generator<TablePart> {
    const display = new ProgressDisplay(context);
    let rows = 0;
    try {
      for (const part of parts) {
        const { reading: next } = part.table;
        if (next !== undefined) reading = reading === undefined ? next : readingOfParts(reading, next);
        yield part;
        rows += part.table.rows;
        // Of a file in one part there is nothing to wait for.
        if (part.share < 1 || rows > part.table.rows) {
          display.update({ label: "predicting row", done: rows, total: Number((rows / part.share).toPrecision(3)) });
        }
      }
    } finally {
      display.clear();
    }
  }
  return { parts: shown(), reading: () => reading };
}
