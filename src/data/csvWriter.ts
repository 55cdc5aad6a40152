import { requireList, requireText } from "../constraint/kinds.js";
import { quoted } from "./quoted.js";

/**
 * Writes rows as CSV, in the dialect that `parseCsv` and every spreadsheet reads: commas, `\n`, quotes only where a cell
 * needs them. Numbers are written with the fewest digits that read back as the same float64; null is an empty cell.
 *
 * @param header the column names
 * @param rows one cell a column
 * @throws RangeError for a row of another length than the header, and for NaN and Infinity: there is no such number
 *
 * Source: RFC 4180.
 *
 * @example
 * import { formatCsv } from "gradproof/csv";
 * formatCsv(["name", "probability"], [["a, b", 0.25], ["c", null]]); // => 'name,probability\n"a, b",0.25\nc,\n'
 */
export function formatCsv(header: readonly string[], rows: Iterable<readonly (string | number | null)[]>): string {
  requireList("formatCsv(): header", header, "an array of column names");
  requireList(
    "formatCsv(): rows",
    typeof rows?.[Symbol.iterator] === "function" ? [] : rows,
    "rows, each an array of cells",
  );
  for (const name of header) requireText("formatCsv(): header", name, "an array of column names");
  return `${header.map((name) => formatCell(name, "the header")).join(",")}\n${formatRows(header, rows)}`;
}

/** The rows that follow the header, each with its line end; see {@link formatCsv}. */
export function formatRows(header: readonly string[], rows: Iterable<readonly (string | number | null)[]>): string {
  const lines = [""];
  for (const row of rows) {
    requireList(`formatCsv(): row ${lines.length}`, row, "an array of cells");
    if (row.length !== header.length) {
      throw new RangeError(`formatCsv(): row ${lines.length} has ${row.length} cells, the header ${header.length}`);
    }
    const line = Array.from(row, (cell, j) =>
      formatCell(cell, `row ${lines.length}, column ${quoted(header[j])}`),
    ).join(",");
    // A row without a single value would be passed over when it is read.
    lines.push(/^,*$/.test(line) ? `""${line}` : line);
  }
  // The first is empty and stands for the header.
  return lines.length === 1 ? "" : `${lines.slice(1).join("\n")}\n`;
}

function formatCell(cell: string | number | null, where: string): string {
  if (cell === null) return "";
  if (typeof cell === "number") {
    if (!Number.isFinite(cell)) throw new RangeError(`formatCsv(): ${where} is ${cell}; expected a finite number`);
    return Object.is(cell, -0) ? "-0" : String(cell);
  }
  requireText(`formatCsv(): ${where}`, cell, "a text, a number or null");
  // Quotes keep what could be taken for another dialect from being so: a mark of comments, an apostrophe, a bar.
  return /[",;|\t\r\n]|^[\s#']|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
