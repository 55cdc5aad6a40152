/** What is said of CSV files that cannot be read, in English. */
import { quoted, quotedList } from "../quoted.js";

interface Cell {
  readonly cell: string;
}

export const csvWords = {
  "csv.column": ({ line, column }: { line: number; column: string }) => `line ${line}, column ${quoted(column)}`,
  "csv.size": ({ mebibytes }: { mebibytes: number }) =>
    `the file has ${mebibytes} MiB; expected less than 512 MiB: split it, or take a sample of its rows`,
  "csv.encoding": ({ line, encoding }: { line: number; encoding: string }) =>
    `line ${line} is not valid ${encoding}; save the file as UTF-8`,
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
    `(delimiter ${quoted(delimiter)}); quote cells that contain the delimiter`,
  "csv.empty": () => "the file is empty; expected a line of column names, then a line for each row",
  "csv.noRows": () => "the file has a header and no rows; expected at least one row",
  "csv.noName": ({ line, column }: { line: number; column: number }) =>
    `line ${line}: column ${column} has no name; the first line must name every column`,
  "csv.twice": ({ line, first, second, name }: { line: number; first: number; second: number; name: string }) =>
    `line ${line}: columns ${first} and ${second} are both named ${quoted(name)}`,
  "csv.onlyNumbers": ({ line, names }: { line: number; names: readonly string[] }) =>
    `line ${line} holds only numbers (${quotedList(names)}…); the first line must name the columns: add such a line`,
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
  "csv.notFinite": ({ cell }: Cell) =>
    `NaN or Infinity in data, ${quoted(cell)}; leave the cell empty if the value is missing`,
  "csv.rules": ({ column }: { column: string }) =>
    `parseCsv(): column ${quoted(column)} is in more than one of numeric, categorical and drop`,
};

function notNumber(cell: string, reason: string): string {
  return (
    `${quoted(cell)} is not a number, but ${reason}; ` +
    "mend the cell, leave it empty if the value is missing, or declare the column categorical"
  );
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
