import { basename } from "node:path";
import type { CsvOptions } from "../data/readers/csvOptions.js";
import type { Reading } from "../data/reading.js";
import type { Table } from "../data/table.js";
import { readTable } from "../node/readTable.js";
import type { CliContext } from "./context.js";
import { printNote } from "./printNote.js";
import { ProgressDisplay } from "./progress.js";

/** A question rather than an assumption. */
const suspect = "reading.suspect";

/** What says otherwise where nothing in a file told. */
const otherwise: Readonly<Record<string, string>> = {
  "reading.dayFirstAssumed": "--no-day-first",
  "reading.monthFirstAssumed": "--day-first",
};

/** Reads a table under a progress line, and says what was assumed. */
export async function readTableShown(context: CliContext, path: string, options: CsvOptions): Promise<Table> {
  const display = new ProgressDisplay(context);
  try {
    const table = await readTable(path, {
      ...options,
      onProgress: (lines, share) =>
        display.update({ label: "reading line", done: lines, total: Number((lines / share).toPrecision(3)) }),
    });
    display.clear();
    noteReading(context, path, table.reading);
    for (const { code, message, details } of table.reading?.notes ?? []) {
      if (code !== suspect) continue;
      printNote(context, `${nameOf(path)}: ${message}: --missing=${details.numbers.value}`);
    }
    return table;
  } finally {
    display.clear();
  }
}

/** Says how a file was read, as far as it is not plain. */
export function noteReading(context: CliContext, path: string, reading: Reading | undefined): void {
  const { notes = [] } = reading ?? {};
  const assumed = notes
    .filter(({ code }) => code !== suspect)
    .map(({ code, message }) => (Object.hasOwn(otherwise, code) ? `${message} (else ${otherwise[code]})` : message));
  if (assumed.length > 0) printNote(context, `${nameOf(path)} read as: ${assumed.join("; ")}`);
}

const nameOf = (path: string): string => (path === "-" ? "standard input" : basename(path));
