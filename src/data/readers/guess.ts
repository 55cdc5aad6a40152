/** What the first rows of a file say about all of them, until these have been read. */
import type { DecimalMark, Delimiter } from "../reading.js";
import type { Kind } from "./columns/cellGatherer.js";
import type { MissingMarks } from "./columns/missingMarks.js";
import { type CellKind, kindOf } from "./csvCell.js";
import type { CsvOptions } from "./csvOptions.js";
import { DateReader } from "./writtenDate.js";

/** What is guessed of a file. */
export interface Guess {
  readonly decimal: DecimalMark;
  readonly dayFirst: boolean;
  /** One a column. */
  readonly kinds: readonly Kind[];
}

/** The cells of each column that hold something. */
type Cells = readonly (readonly { readonly text: string; readonly kind: CellKind }[])[];

/** Guesses by rows of data, each cut to the columns of the table. */
export function guessOf(
  rows: readonly (readonly string[])[],
  width: number,
  {
    delimiter,
    missing,
    options: { decimal, dayFirst, assumed = {} },
  }: { readonly delimiter: Delimiter; readonly missing: MissingMarks; readonly options: CsvOptions },
): Guess {
  const columns: Cells = Array.from({ length: width }, (_, j) =>
    rows
      .map((row) => ({ text: row[j] ?? "", kind: kindOf(row[j] ?? "", missing) }))
      .filter(({ kind }) => !kind.isMissing),
  );
  const mark = decimal ?? shownDecimal(columns) ?? assumed.decimal ?? likelyDecimal(columns, delimiter);
  return {
    decimal: mark,
    // Where decimals have a comma the day comes first.
    dayFirst: dayFirst ?? shownDayFirst(columns) ?? assumed.dayFirst ?? mark === ",",
    kinds: columns.map((cells) =>
      kindOfColumn(
        cells.map(({ kind }) => kind),
        mark,
      ),
    ),
  };
}

/** The mark that more columns speak for: by numbers that are none with the other. */
function shownDecimal(columns: Cells): DecimalMark | undefined {
  let votes = 0;
  for (const cells of columns) {
    const numbers = cells.filter(({ kind }) => kind.number["."] || kind.number[","]);
    if (numbers.length * 2 <= cells.length) continue;
    const commas = numbers.filter(({ kind }) => !kind.number["."]).length;
    const points = numbers.filter(({ kind }) => !kind.number[","]).length;
    votes += Math.sign(commas - points);
  }
  if (votes === 0) return undefined;
  return votes > 0 ? "," : ".";
}

function likelyDecimal(columns: Cells, delimiter: Delimiter): DecimalMark {
  // 1,234 alone may be either. Where commas cut the cells they would not be chosen for decimals.
  const isNumber = ({ kind }: { readonly kind: CellKind }): boolean => kind.number[","];
  const texts = columns
    .flat()
    .filter(isNumber)
    .map(({ text }) => text);
  return delimiter !== "," && texts.some((text) => text.includes(",")) && !texts.some((text) => text.includes("."))
    ? ","
    : ".";
}

/** What dates such as 31/01/2020 say. */
function shownDayFirst(columns: Cells): boolean | undefined {
  const reader = new DateReader(false);
  for (const { text } of columns.flat().filter(({ kind }) => kind.isDate)) reader.read(text);
  const { dayFirstCells, monthFirstCells } = reader;
  return dayFirstCells === monthFirstCells ? undefined : dayFirstCells > monthFirstCells;
}

function kindOfColumn(kinds: readonly CellKind[], decimal: DecimalMark): Kind {
  const numbers = kinds.filter(({ number }) => number[decimal]).length;
  const dates = kinds.filter(({ isDate }) => isDate).length;
  if (dates * 2 > kinds.length) return "date";
  return numbers * 2 > kinds.length || kinds.length === 0 ? "numeric" : "categorical";
}
