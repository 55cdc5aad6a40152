import { say, within } from "../constraint/codedError.js";
import type { FeatureRule } from "./featureRule.js";
import { FormatError } from "./formatError.js";
import type { Column, Table } from "./table.js";
import { absentIn, numberIn, type TableRecord, textIn, timeIn } from "./tableRecord.js";
import { dataWords } from "./words.js";

/**
 * The table whose rows are the records, with the columns that an encoder needs, each of the kind it had in training.
 *
 * @throws FormatError where a record lacks a column, or has in it what is no cell of that kind
 */
export function recordsTable(rules: readonly FeatureRule[], records: readonly TableRecord[]): Table {
  const cellOf = (row: number, name: string): unknown => {
    const cell = records[row][name];
    if (cell !== undefined) return cell;
    throw new FormatError(within(say(dataWords, "table.row", { row: row + 1 }), absentIn(records[row], name)));
  };
  const columns = rules.map(({ kind, name }): Column => {
    if (kind === "numeric") {
      const values = Float64Array.from(records, (_, row) => numberIn(cellOf(row, name), name, row));
      return { kind, name, values };
    }
    if (kind === "date") {
      return {
        kind,
        name,
        values: Float64Array.from(records, (_, row) => timeIn(cellOf(row, name), name, row)),
        time: true,
      };
    }
    return { kind, name, values: records.map((_, row) => textIn(cellOf(row, name), name, row)) };
  });
  return { rows: records.length, columns };
}
