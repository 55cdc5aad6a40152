/** What is said of CSV files that cannot be read, in English. */
import { quoted, quotedList } from "../quoted.js";

interface Cell {
  readonly cell: string;
}

export const csvWords = {
  "csv.column": ({ line, column }: { line: number; column: string }) => `line ${line}, column ${quoted(column)}`,
  "csv.encoding": ({ line, encoding }: { line: number; encoding: string }) =>
    `line ${line} is not valid ${encoding}; name the encoding it has, or save the file as UTF-8`,
  "csv.binary": () => "the file holds bytes that no text has; expected a table as text, such as CSV",
  "csv.workbook": () => "the file is a workbook or another archive, whatever its name says; save the sheet as CSV",
  "csv.parquet": () => "the file is Parquet; give it a name that ends in .parquet",
  "csv.arff": () =>
    "the file is ARFF, of Weka, which is not read; write the names of its attributes as one row, and below it the rows after @data",
  "csv.openQuote": ({ line }: { line: number }) =>
    `the row that begins on line ${line} has a quote that is never closed`,
  "csv.quote": ({ line }: { line: number }) =>
    `the row that begins on line ${line} has a quote within a cell; ` +
    'put the whole cell in quotes and double the ones inside: "5"" pipe"',
  "csv.cells": ({
    line,
    cells,
    columns,
    delimiter,
  }: {
    line: number;
    cells: number;
    columns: number;
    delimiter: string;
  }) =>
    `line ${line} has ${count(cells, "cell")}, the header has ${count(columns, "column")} ` +
    `(delimiter ${quoted(delimiter)}); ` +
    (cells > columns ? "quote cells that contain the delimiter" : "fill the row up, or leave it out"),
  "csv.empty": () => "the file is empty; expected a line of column names, then a line for each row",
  "csv.noRows": () => "the file has a header and no rows; expected at least one row",
  "csv.absent": ({
    columns,
    known,
    near,
  }: {
    columns: readonly string[];
    known: readonly string[];
    near?: string | undefined;
  }) =>
    `no ${columns.length === 1 ? "column" : "columns"} ${quotedList(columns)}; the file has ${quotedList(known)}` +
    (near === undefined ? "" : `. Did you mean ${quoted(near)}?`),
  "csv.declaredNumeric": ({ cell }: Cell) => notNumber(cell, "the column is declared numeric"),
  "csv.mostlyNumbers": ({ cell, numbers, values }: Cell & { numbers: number; values: number }) =>
    notNumber(cell, `${numbers} of the column's ${values} values are`),
  "csv.declaredDate": ({ cell }: Cell) => `${quoted(cell)} is not a date, but the column is declared one; ${mend}`,
  "csv.otherUnit": ({ cell, unit }: Cell & { unit: string }) =>
    `${quoted(cell)} is in another unit than the ${unit} above; convert it, or declare the column categorical`,
  "csv.mostlyDates": ({ cell, dates, values }: Cell & { dates: number; values: number }) =>
    `${quoted(cell)} is not a date, but ${dates} of the column's ${values} values are; ${mend}`,
  "csv.dateOrder": ({ cell, first }: Cell & { first: "day" | "month" }) =>
    `${quoted(cell)} is no date with the ${first} first, as the dates of this file are read; ` +
    "mend the cell, or say by dayFirst which comes first",
  "csv.notFinite": ({ cell }: Cell) =>
    `NaN or Infinity in data, ${quoted(cell)}; leave the cell empty if the value is missing`,
  "csv.rules": ({ column }: { column: string }) =>
    `column ${quoted(column)} is in more than one of numeric, categorical, date and drop`,

  "reading.delimiter": ({ delimiter }: { delimiter: string }) =>
    `${separated[delimiter] ?? quoted(delimiter)}-separated`,
  "reading.apostrophes": () => "texts in apostrophes",
  "reading.decimal": () => "decimal comma",
  "reading.encoding": ({ encoding }: { encoding: string }) => encodingNames[encoding] ?? encoding,
  "reading.noHeader": ({ columns }: { columns: number }) =>
    `no header, columns named ${columns === 1 ? "c1" : `c1 to c${columns}`}`,
  "reading.preamble": ({ lines }: { lines: number }) => `${count(lines, "line")} above the table left out`,
  "reading.below": ({ lines }: { lines: number }) => `${count(lines, "line")} below the table left out`,
  "reading.repeats": ({ rows }: { rows: number }) => `${count(rows, "repeat")} of the header left out`,
  "reading.given": ({ columns }: Columns) => `columns without a name of their own called ${few(columns)}`,
  "reading.rowNames": () => "the first column, which has no name, left out as names of the rows",
  "reading.emptyColumns": ({ columns }: { columns: number }) => `${count(columns, "empty column")} left out`,
  "reading.emptyRows": ({ rows }: { rows: number }) => `${count(rows, "empty row")} left out`,
  "reading.missing": ({ mark, cells }: { mark: string; cells: number }) =>
    `${quoted(mark)} missing (${count(cells, "cell")})`,
  "reading.dates": ({ columns }: Columns) => `dates in ${few(columns)}`,
  "reading.dayFirst": () => "the day first in dates such as 03/04/2020",
  "reading.monthFirst": () => "the month first in dates such as 03/04/2020",
  "reading.dayFirstAssumed": () => "the day first in dates such as 03/04/2020, though no date tells",
  "reading.monthFirstAssumed": () => "the month first in dates such as 03/04/2020, though no date tells",
  "reading.grouped": ({ columns }: Columns) => `thousands grouped in ${few(columns)}`,
  "reading.unit": ({ unit, columns }: Columns & { unit: string }) => `numbers without their ${unit} in ${few(columns)}`,
  "reading.mixed": ({ columns, example }: Columns & { example: string }) =>
    `${few(columns)} as categories: ${quoted(example)} is among few numbers`,
  "reading.codes": ({ columns }: Columns) => `${few(columns)} as text: digits with zeros in front are codes`,
  "reading.longIntegers": ({ columns }: Columns) =>
    `${few(columns)} as text: whole numbers beyond 2⁵³ would not all stay apart`,
  "reading.suspect": ({ column, value, rows }: { column: string; value: number; rows: number }) =>
    `${value} in ${count(rows, "row")} of ${quoted(column)} lies far from all else; if it means missing, name it`,
};

interface Columns {
  readonly columns: readonly string[];
}

const separated: Readonly<Record<string, string>> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "bar",
  " ": "blank",
};

const encodingNames: Readonly<Record<string, string>> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252",
  gb18030: "GB18030",
};

const mend = "mend the cell, leave it empty if the value is missing, or declare the column categorical";

/** Names of columns, of many the first three. */
function few(columns: readonly string[]): string {
  const shown = columns.slice(0, 3).map(quoted).join(", ");
  return columns.length > 3 ? `${shown} and ${columns.length - 3} more` : shown;
}

function notNumber(cell: string, reason: string): string {
  return `${quoted(cell)} is not a number, but ${reason}; ${mend}`;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
