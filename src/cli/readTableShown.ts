import type { CsvOptions } from "../data/readers/csvOptions.js";
import type { Table } from "../data/table.js";
import { readTable } from "../node/readTable.js";
import type { CliContext } from "./context.js";
import { ProgressDisplay } from "./progress.js";

/** Reads a table under a progress line. */
export async function readTableShown(context: CliContext, path: string, options: CsvOptions): Promise<Table> {
  const display = new ProgressDisplay(context);
  try {
    return await readTable(path, {
      ...options,
      onProgress: (lines, share) =>
        display.update({ label: "reading line", done: lines, total: Number((lines / share).toPrecision(3)) }),
    });
  } finally {
    display.clear();
  }
}
