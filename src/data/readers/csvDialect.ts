/** How a file of text is to be cut into rows and cells, as its first rows say. */
import { type Delimiter, delimiters } from "../reading.js";
import type { MissingMarks } from "./columns/missingMarks.js";
import { type CellKind, kindOf } from "./csvCell.js";
import { hasRowNames } from "./csvHeader.js";
import { type Head, type HeadRow, rowsOf, type Start } from "./csvRows.js";
import { CsvScanner, type Quote } from "./csvScanner.js";

/** How a file is cut, and which of its lines belong to no table. */
export interface CsvDialect {
  readonly delimiter: Delimiter;
  readonly quote: Quote;
  /** Behind `sep=` and comments. */
  readonly start: Start;
  /** Lines of comments above the table. */
  readonly comments: number;
  /** The last of them, which may name the columns. */
  readonly commentCells: readonly string[];
  /** Rows of titles from there. */
  readonly titles: number;
  /** Whether the rows go on from an earlier part of the file, so that neither titles nor names of columns come first. */
  readonly goesOn?: true;
  /** The first rows of the table itself. */
  readonly rows: readonly HeadRow[];
}

const NEWLINE = 10;
const HASH = 35;

/** Rows that decide. */
const rowsCompared = 200;

/** Rows that the dialect hands on, by which the kinds of columns are guessed. */
const rowsKept = 1000;

/** The dialect of a file by its head, in UTF-8. */
export function dialectOf(head: Head, given: Delimiter | undefined, missing: MissingMarks): CsvDialect {
  const separator = separatorLine(head.bytes);
  const { start, comments, comment } = commentsOf(head.bytes, separator === undefined ? 0 : 1);
  const only = given ?? separator;
  const trials = (only === undefined ? delimiters : [only]).map((delimiter) => tried(head, start, delimiter, missing));
  const { delimiter, titles, rows: compared } = trials.reduce((a, b) => (isBetter(b, a) ? b : a));
  const quote = compared.length > 0 && isApostrophized(compared) ? "'" : '"';
  return {
    ...{ delimiter, quote, start, comments, titles },
    commentCells: comment === undefined ? [] : cellsOf(comment, delimiter),
    rows: rowsOf(head, start, new CsvScanner(delimiter, quote), titles + rowsKept).slice(titles),
  };
}

/** `sep=;`, which spreadsheets write and heed. */
function separatorLine(head: Uint8Array): Delimiter | undefined {
  const line = new TextDecoder().decode(head.subarray(0, 16));
  const mark = /^sep=(.)\r?(?:\n|$)/.exec(line)?.[1];
  return delimiters.find((delimiter) => delimiter === mark);
}

/** Where the table begins, behind the first `skipped` lines and all comments: lines that begin with #, unless all do. */
function commentsOf(
  head: Uint8Array,
  skipped: number,
): { readonly start: Start; readonly comments: number; readonly comment: string | undefined } {
  let start: Start = { offset: 0, line: 1 };
  const behindLine = (): Start => {
    const end = head.indexOf(NEWLINE, start.offset);
    return { offset: end < 0 ? head.length : end + 1, line: start.line + 1 };
  };
  for (let k = 0; k < skipped; k++) start = behindLine();
  const first = start;
  let comment: string | undefined;
  while (head[start.offset] === HASH) {
    const next = behindLine();
    comment = new TextDecoder().decode(head.subarray(start.offset, next.offset));
    start = next;
  }
  // The head ends with a line end of its own.
  if (start.offset >= head.length - 1) return { start: first, comments: 0, comment: undefined };
  return { start, comments: start.line - first.line, comment: comment?.replace(/^#+/, "").trim() };
}

/** The cells of a line without quotes. */
function cellsOf(line: string, delimiter: Delimiter): string[] {
  return line.split(delimiter === " " ? /[ \t]+/ : delimiter).map((cell) => cell.trim());
}

/** What comes of a delimiter. */
interface Trial {
  readonly delimiter: Delimiter;
  readonly titles: number;
  readonly rows: readonly HeadRow[];
  /** Cells that most rows have. */
  readonly width: number;
  /** Share of the rows that have as many. */
  readonly consistency: number;
  /** Share of the cells below the first row that are numbers, dates or missing. */
  readonly typed: number;
  /** Share of these cells that are texts with another delimiter in them. */
  readonly uncut: number;
}

function tried(head: Head, start: Start, delimiter: Delimiter, missing: MissingMarks): Trial {
  const all = rowsOf(head, start, new CsvScanner(delimiter, '"'), rowsCompared);
  const width = mostCommonWidth(all);
  const titles = titlesOf(all, width);
  const rows = all.slice(titles);
  const body = rows.length > 1 ? rows.slice(1) : rows;
  const cells = body.flatMap((row) => row.cells);
  const typed = cells.filter((cell) => isTyped(kindOf(cell, missing))).length;
  const uncut = cells.filter((cell) => /[,;\t|]/.test(cell) && !isTyped(kindOf(cell, missing))).length;
  return {
    ...{ delimiter, titles, rows, width },
    consistency: body.filter(({ cells }) => cells.length === width).length / Math.max(1, body.length),
    typed: typed / Math.max(1, cells.length),
    uncut: uncut / Math.max(1, cells.length),
  };
}

const isTyped = ({ number, isDate, isMissing }: CellKind): boolean => number["."] || number[","] || isDate || isMissing;

/** Titles above a table of three columns or more: lines with one cell that holds something. */
function titlesOf(rows: readonly HeadRow[], width: number): number {
  if (width < 3) return 0;
  let count = 0;
  while (count < rows.length - 1 && rows[count].cells.filter((cell) => cell !== "").length <= 1) count++;
  return rows[count]?.cells.length === 1 ? 0 : count;
}

/** Of the rows below the first one, which may be a header of another width; of widths as common, the larger one. */
function mostCommonWidth(rows: readonly HeadRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows.length > 1 ? rows.slice(1) : rows) {
    counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  }
  let [width, most] = [1, 0];
  for (const [length, count] of counts)
    if (count > most || (count === most && length > width)) [width, most] = [length, count];
  return width;
}

/** Whether one trial speaks for its delimiter more than another does. */
function isBetter(a: Trial, b: Trial): boolean {
  const [rankA, rankB] = [rankOf(a), rankOf(b)];
  const differing = rankA.findIndex((value, i) => value !== rankB[i]);
  return differing >= 0 && rankA[differing] > rankB[differing];
}

/** First whether there are columns, then whether rows are alike, then whether cells are numbers and cut, then how many there are. */
function rankOf({ delimiter, width, consistency, typed, uncut, rows }: Trial): readonly number[] {
  const headWidth = rows[0]?.cells.length ?? 0;
  const fits = headWidth === width || hasRowNames(rows);
  const isCut =
    // Blanks are also between words: only a table with numbers is cut at them.
    delimiter === " "
      ? width > 1 && consistency === 1 && typed > (width > 2 ? 0.25 : 0.5) && fits
      : width > 1 && (headWidth > 1 || fits);
  if (isCut) return [1, consistency >= 0.9 ? 1 : consistency, headWidth === width ? 1 : 0, typed, -uncut, width];
  // One column: of decimal commas perhaps, which are no delimiters then.
  if (delimiter === " ") return [0, 0, 0];
  return headWidth > 1 ? [0, headWidth, 0] : [0, 1, rows.every(({ cells }) => cells.length === 1) ? 1 : 0];
}

/** Whether a column's texts stand in apostrophes, as Weka writes them. */
function isApostrophized(rows: readonly HeadRow[]): boolean {
  const body = rows.slice(0, rowsCompared);
  return body[0].cells.some((_, j) => {
    const cells = body.slice(1).filter(({ cells }) => (cells[j] ?? "") !== "");
    return cells.length > 0 && cells.every(({ cells, quoted }) => !quoted[j] && /^'.*'$/s.test(cells[j]));
  });
}
