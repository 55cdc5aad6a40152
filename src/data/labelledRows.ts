import { say, within } from "../constraint/codedError.js";
import { columnsByName } from "./fittedEncoder.js";
import { FormatError } from "./formatError.js";
import type { Column, Table } from "./table.js";
import { dataWords } from "./words.js";

/**
 * The table without the rows whose target is missing: there is nothing to learn from them. `partOf` says where the others
 * stood. It is the table itself where no target is missing, or all are, or there is no such column.
 */
export function labelledRows(table: Table, target: string): Table {
  const column = columnsByName(table).get(target);
  if (column === undefined) return table;
  const has: (j: number) => boolean =
    column.kind === "categorical" ? (j) => column.values[j] !== null : (j) => !Number.isNaN(column.values[j]);
  let labelled = 0;
  for (let j = 0; j < table.rows; j++) if (has(j)) labelled++;
  if (labelled === table.rows || labelled === 0) return table;
  const kept = new Uint32Array(labelled);
  let next = 0;
  for (let j = 0; j < table.rows; j++) if (has(j)) kept[next++] = j;
  const { partOf } = table;
  return {
    ...table,
    rows: labelled,
    columns: table.columns.map((one) => columnOf(one, kept)),
    partOf: { rows: partOf?.rows ?? table.rows, numbers: kept.map((j) => partOf?.numbers[j] ?? j + 1) },
  };
}

function columnOf(column: Column, kept: Uint32Array): Column {
  return column.kind === "categorical"
    ? { ...column, values: Array.from(kept, (j) => column.values[j]) }
    : { ...column, values: Float64Array.from(kept, (j) => column.values[j]) };
}

/** What is computed of a table whose rows are not all there; an error that names one of them names it by its number in the whole. */
export function numberedAsWhole<Result>({ partOf }: Table, compute: () => Result): Result {
  if (partOf === undefined) return compute();
  try {
    return compute();
  } catch (thrown) {
    const [place, ...deeper] = thrown instanceof FormatError ? (thrown.details.at ?? []) : [];
    if (!(thrown instanceof FormatError) || typeof place !== "object" || place.id !== "table.cell") throw thrown;
    const { row } = place.numbers;
    const column = String(place.names.column);
    const said = say(dataWords, "table.cell", { row, column });
    const message = thrown.message.slice(said.message.length + ": ".length);
    const inner = { code: thrown.code, details: { ...thrown.details, at: deeper }, message };
    const whole = say(dataWords, "table.cell", { row: partOf.numbers[row - 1], column });
    throw new FormatError(within(whole, inner), { cause: thrown });
  }
}
