/** Whether the first row of a table names its columns, and what it names them. */
import type { MissingMarks } from "./columns/missingMarks.js";
import { kindOf } from "./csvCell.js";
import type { CsvOptions } from "./csvOptions.js";
import type { HeadRow } from "./csvRows.js";

/** The names of a table's columns. */
export interface CsvHeader {
  /** Whether the first row holds them; else it holds data. */
  readonly isRow: boolean;
  /** Whether the last line of the comment above the table holds them. */
  readonly isComment?: boolean;
  /** One a column that has a name; `""` for a first one of row names. */
  readonly names: readonly string[];
  /** Columns at the end that have neither name nor, as far as can be seen, values. */
  readonly emptyColumns: number;
  /** Names given here, to columns that had none or that of another. */
  readonly given: readonly string[];
}

/** The names of the columns of a table that begins with these rows, at least one, or with a comment above them. */
export function headerOf(
  { rows, commentCells }: { readonly rows: readonly HeadRow[]; readonly commentCells: readonly string[] },
  missing: MissingMarks,
  options: CsvOptions,
): CsvHeader {
  const [first, ...body] = rows.map(({ cells }) => cells);
  const known = options.header ?? (namesAll(first, options) ? true : options.assumed?.header);
  const isRow = known ?? (hasRowNames(rows) || isHeader(first, body, missing));
  if (isRow) {
    const names = hasRowNames(rows) ? ["", ...first] : first;
    // What pandas calls the row names that it wrote without a name and read again.
    const own = names.length > 1 && names[0] === "Unnamed: 0" ? ["", ...names.slice(1)] : names;
    const { names: found, emptyColumns } = withoutEmptyEnd(own);
    return { isRow, emptyColumns, ...distinct(found) };
  }
  const { names: cells, emptyColumns } = withoutEmptyEnd(first, body);
  if (options.header === undefined && commentCells.length === cells.length && !isData(commentCells, missing)) {
    return { isRow, isComment: true, emptyColumns, ...distinct(commentCells) };
  }
  return { isRow, names: cells.map((_, j) => `c${j + 1}`), emptyColumns, given: [] };
}

/** Each name once: `x (2)` for the second `x`, and the place of a column, `c3`, where there is none; a first column of row names has none. */
function distinct(names: readonly string[]): Pick<CsvHeader, "names" | "given"> {
  const taken = new Set(names);
  const seen = new Set<string>();
  const given: string[] = [];
  const free = (wanted: string): string => {
    let name = wanted;
    for (let k = 2; taken.has(name); k++) name = `${wanted} (${k})`;
    taken.add(name);
    given.push(name);
    return name;
  };
  const all = names.map((name, j) => {
    if (name === "") return j === 0 && names.length > 1 ? "" : free(`c${j + 1}`);
    if (seen.has(name)) return free(name);
    seen.add(name);
    return name;
  });
  return { names: all, given };
}

/** Whether a row holds the names of columns that are asked for, and of nothing else. */
function namesAll(
  cells: readonly string[],
  { numeric = [], categorical = [], date = [], others }: CsvOptions,
): boolean {
  const wanted = [...numeric, ...categorical, ...date];
  return others === "skip" && wanted.length > 0 && wanted.every((name) => cells.includes(name));
}

/** Whether the first row has one cell less than all others, which begin with the name of the row: R writes tables so. */
export function hasRowNames(rows: readonly HeadRow[]): boolean {
  const [first, ...body] = rows;
  if (body.length === 0) return false;
  const width = first.cells.length + 1;
  if (body.some(({ cells }) => cells.length !== width)) return false;
  if (body.every(({ cells }) => cells[width - 1] === "")) return false;
  const names = body.map(({ cells }) => cells[0]);
  if (new Set(names).size < names.length) return false;
  const numbers = names.map(Number);
  return body.every(({ quoted }) => quoted[0]) || isEnumerated(numbers) || numbers.every(Number.isNaN);
}

/** 0, 1, 2, … or 1, 2, 3, … */
function isEnumerated(numbers: readonly number[]): boolean {
  return (numbers[0] === 0 || numbers[0] === 1) && numbers.every((value, j) => value === numbers[0] + j);
}

/** Without the cells at the end that are empty, in all rows of data too. */
function withoutEmptyEnd(
  cells: readonly string[],
  body: readonly (readonly string[])[] = [],
): Pick<CsvHeader, "names" | "emptyColumns"> {
  let end = cells.length;
  while (end > 1 && cells[end - 1] === "" && body.every((row) => (row[end - 1] ?? "") === "")) end--;
  return { names: cells.slice(0, end), emptyColumns: cells.length - end };
}

/** Whether a row names the columns of the rows below it: in each column, what stands there is not what stands below. */
function isHeader(first: readonly string[], body: readonly (readonly string[])[], missing: MissingMarks): boolean {
  if (body.length === 0) return !isData(first, missing);
  const asYears = first.filter((cell) => isYear(cell));
  const numbered = isEnumerated(first.map((cell) => (cell === "" ? Number.NaN : Number(cell))));
  if (numbered && first.length > 1) return true;
  let [names, data, unlike, repeated] = [0, 0, 0, 0];
  for (const [j, cell] of first.entries()) {
    const kind = kindOf(cell, missing);
    if (kind.isMissing) continue;
    const below = body.map((row) => row[j] ?? "").filter((text) => !kindOf(text, missing).isMissing);
    if (below.length === 0) continue;
    const kinds = below.map((text) => kindOf(text, missing));
    const numeric = kinds.filter(({ number }) => number["."] || number[","]).length;
    const dates = kinds.filter(({ isDate }) => isDate).length;
    const isNumber = kind.number["."] || kind.number[","];
    if (numeric * 2 > below.length) {
      if (!isNumber) names++;
      else if (!(asYears.length > 1 && isYear(cell) && !below.every(isYear))) data++;
    } else if (dates * 2 > below.length) {
      if (kind.isDate) data++;
      else if (!isNumber) names++;
    } else if (below.includes(cell)) repeated++;
    else if (isNumber || new Set(below).size * 2 > below.length) continue;
    else unlike++;
  }
  if (names !== data) return names > data;
  return repeated === 0 || unlike > repeated;
}

/** Whether a row by itself looks like data: numbers but for those that count columns. */
function isData(cells: readonly string[], missing: MissingMarks): boolean {
  const kinds = cells.map((cell) => kindOf(cell, missing));
  return kinds.some(({ number }) => number["."] || number[","]) && !isEnumerated(cells.map(Number));
}

function isYear(text: string): boolean {
  return /^(?:19|20)\d\d$/.test(text);
}
