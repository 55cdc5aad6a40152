/** CSV files and their like: text in, table out, and back. */

import type { Table } from "../table.js";
import { type CsvOptions, requireCsvOptions } from "./csvOptions.js";
import { readCsv } from "./readCsv.js";
import { sourceOf } from "./textSource.js";

export { formatCsv } from "../csvWriter.js";
export type { Reading, ReadingOptions } from "../reading.js";
export type { CsvOptions } from "./csvOptions.js";

/**
 * Reads a file of comma-separated values, or of its dialects, into a table; `table.reading` says what was assumed.
 *
 * - Cells end in commas, semicolons, tabs, bars or blanks; quotes are RFC 4180's, or apostrophes; lines end in `\n`,
 *   `\r\n` or `\r`. Blank lines, rows without a value, `sep=;`, comments and titles above the table, remarks below it, a header
 *   that comes again, columns without name and values at the end of the lines, and a first column of row names (of pandas or R)
 *   are passed over. A column without a name is called by its place, `c3`, a second `x` is `x (2)`.
 * - A column is numeric when all its cells are numbers (`1e3`, `+1`, `.5`, `1,234.5`, `$4,300`, `12 %`; with a decimal comma
 *   `1.234,5`; not `0x10`) or missing, of dates when all are dates or times (`2020-01-31`, `31/01/2020 12:00`, `Jan 5 2020`),
 *   and categorical when at most half of them are either. In between, the first cell that is not is an error: a slip in a
 *   number must not turn 10,000 numbers into categories. Declare such a column `categorical` if it is.
 * - A missing value becomes NaN in a column of numbers or dates, null in a categorical one. A column with no value at all is
 *   numeric.
 * - Whole numbers that float64 cannot tell apart are texts, and so are those of five digits and more, all of one length, some of
 *   which begin with 0: postal codes. `inf`, `Infinity` and numbers beyond float64 are an error.
 *
 * @param file the text, or the bytes of the file
 * @throws OptionError for an unknown option or a value it may not have; FormatError with line and column: a file without rows, rows of another length, a quote that is not closed, columns that an option names but the file lacks, bytes that are no text
 *
 * Source: RFC 4180.
 *
 * @example
 * import { parseCsv } from "gradproof/csv";
 * const table = parseCsv("amount,country,fraud\n12.5,NO,0\n,SE,1\n");
 * table.rows; // => 2
 * table.columns[0]; // => { kind: "numeric", name: "amount", values: new Float64Array([12.5, Number.NaN]) }
 * table.columns[1]; // => { kind: "categorical", name: "country", values: ["NO", "SE"] }
 * parseCsv("maß;preis\n7,5;1.200,50 €\n").columns[1]?.values; // => new Float64Array([1200.5])
 */
export function parseCsv(file: string | Uint8Array, options: CsvOptions = {}): Table {
  requireCsvOptions("parseCsv(): options", options);
  return readCsv(sourceOf(file), options);
}
