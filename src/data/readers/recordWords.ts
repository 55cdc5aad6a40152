/** What is said of records that make no table, in English. */
import { quoted } from "../quoted.js";

export const recordWords = {
  "records.none": () => "the file has no records; expected at least one",
  "records.cell": ({ row, column }: { row: number; column: string }) => `record ${row}, ${quoted(column)}`,
  "records.nested": () =>
    "a list or an object; expected a number, a text, true, false or null: flatten it, or drop the column",
  "records.number": () => "not a number, but the column's other values are; mend it, or declare the column categorical",
  "records.date": () => "not a date, but the column is declared one",
  "records.json": ({ line, reason }: { line: number; reason: string }) => `line ${line} is no JSON: ${reason}`,
  "records.entry": ({ entry }: { entry: number }) =>
    `entry ${entry} is no record; expected an array of objects, such as [{"x": 1, "y": "a"}]`,
  "records.object": ({ line }: { line: number }) =>
    `line ${line} is no record; expected an object a line, such as {"x": 1, "y": "a"}`,
};
