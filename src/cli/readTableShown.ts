import { basename } from "node:path";
import type { CsvOptions } from "../data/readers/csvOptions.js";
import type { Table } from "../data/table.js";
import { readTable } from "../node/readTable.js";
import type { CliContext } from "./context.js";
import { ProgressDisplay } from "./progress.js";
import { visibleLines } from "./visible.js";

/** A question rather than an assumption. */
const suspect = "reading.suspect";

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
    const { notes = [] } = table.reading ?? {};
    const assumed = notes.filter(({ code }) => code !== suspect).map(({ message }) => message);
    const name = path === "-" ? "standard input" : basename(path);
    if (assumed.length > 0)
      context.process.stderr.write(visibleLines(`note: ${name} read as: ${assumed.join("; ")}\n`));
    for (const { code, message, details } of notes) {
      if (code !== suspect) continue;
      const flag = `--missing=${details.numbers.value}`;
      context.process.stderr.write(visibleLines(`note: ${name}: ${message}: ${flag}\n`));
    }
    return table;
  } finally {
    display.clear();
  }
}
