import type { Said } from "../constraint/codedError.js";

/** What separates the cells of a row; a blank stands for blanks and tabs in any number. */
export type Delimiter = "," | ";" | "\t" | "|" | " ";
export const delimiters = [",", ";", "\t", "|", " "] as const satisfies readonly Delimiter[];

/** What stands before the decimals of a number. */
export type DecimalMark = "." | ",";
export const decimalMarks = [".", ","] as const satisfies readonly DecimalMark[];

/** How the characters of a file lie in its bytes. */
export type TextEncoding = (typeof textEncodings)[number];
export const textEncodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252", "gb18030"] as const;

/** How to read a file of text, where its cells do not say it themselves; each default is what all of them say. */
export interface ReadingOptions {
  /** A blank stands for blanks and tabs in any number. Default: whichever cuts the first rows into columns that are alike. */
  readonly delimiter?: Delimiter;
  /** Whether the first row names the columns; if not, they are named `c1`, `c2`, … Default: what its cells say. */
  readonly header?: boolean;
  /** What stands before decimals. Default: what most columns use. */
  readonly decimal?: DecimalMark;
  /** Default: UTF-8 or UTF-16, and where the bytes are neither, GB18030 or Windows-1252. */
  readonly encoding?: TextEncoding;
  /** Columns that must hold numbers; the first other cell is an error. Here and below, a column's name, or its number from 1. */
  readonly numeric?: readonly string[];
  /** Columns to read as texts even if they look like numbers, such as postal codes. */
  readonly categorical?: readonly string[];
  /** Columns that must hold dates; here a number such as 20200131 or 1580428800 is one too. */
  readonly date?: readonly string[];
  /** Whether the day comes first in dates such as 03/04/2020. Default: what other dates of the file say, else false. */
  readonly dayFirst?: boolean;
  /**
   * Cells that mean a missing value, beside empty ones. Default: those that programs write, among them `NA`, `N/A`, `NaN`,
   * `None`, `null`, `?`, `-`, `.`, `..` and `n.a.`.
   */
  readonly missing?: readonly string[];
}

/** What the rows of a small file may leave open, as a larger one of the same kind was read. */
export type SettledReading = Pick<ReadingOptions, (typeof settledKeys)[number]>;
export const settledKeys = ["header", "decimal", "dayFirst", "missing"] as const satisfies (keyof ReadingOptions)[];

/** The keys of {@link ReadingOptions}. */
export const readingKeys = [
  ...(["delimiter", "header", "decimal", "encoding", "missing"] as const),
  ...(["categorical", "numeric", "date", "dayFirst"] as const),
] satisfies (keyof ReadingOptions)[];

/**
 * What was assumed when a table was read, as plain data; each assumption is one of the {@link ReadingOptions}.
 *
 * @example
 * import { parseCsv } from "gradproof/csv";
 * const notes = parseCsv("7,5;a\n8,25;b\n").reading?.notes.map(({ message }) => message);
 * notes; // => ["semicolon-separated", "decimal comma", "no header, columns named c1 to c2"]
 */
export interface Reading {
  readonly delimiter: Delimiter;
  /** What encloses cells that hold delimiters. */
  readonly quote: '"' | "'";
  /** Columns of the table as they are numbered. */
  readonly columns: number;
  readonly encoding: TextEncoding;
  /** Whether a line named the columns; without one they are named by their place, `c1`, `c2`, … */
  readonly header: boolean;
  readonly decimal: DecimalMark;
  /** Whether the day comes first in dates such as 03/04/2020; undefined where there are none. */
  readonly dayFirst?: boolean;
  /** Whether nothing in the file said so. */
  readonly dayFirstAssumed?: boolean;
  /** Marks of missing values that were met, but for empty cells, and in how many cells. */
  readonly missing: readonly { readonly mark: string; readonly cells: number }[];
  /** Names of columns read as dates. */
  readonly dates: readonly string[];
  /** Names of columns of numbers whose thousands are grouped, such as 1,234. */
  readonly grouped: readonly string[];
  /** Names of columns of numbers that carry a unit, a currency or %, which is left out. */
  readonly units: readonly { readonly column: string; readonly unit: string }[];
  /** Names of columns of whole numbers that float64 cannot tell apart, kept as texts. */
  readonly longIntegers: readonly string[];
  /** Names of columns of digits of one length with zeros in front, such as postal codes, kept as texts. */
  readonly codes: readonly string[];
  /** Names of columns of few numbers among which a text recurs, such as 5, 6 and 7+: categories, with the first such text. */
  readonly mixed: readonly { readonly column: string; readonly example: string }[];
  /** Lines before the header or the first row that belong to no table. */
  readonly preamble: number;
  /** Lines below the rows that hold a text and no row: sources, remarks. */
  readonly below: number;
  /** Rows that were the header once more, left out. */
  readonly repeats: number;
  /** Names given to columns that had none, by their place, or that of another: `c3`, `x (2)`. */
  readonly given: readonly string[];
  /** Rows without a single value, left out. */
  readonly emptyRows: number;
  /** Columns without name and values at the end of the lines, left out. */
  readonly emptyColumns: number;
  /** Whether a first column without a name was left out: the names or numbers of the rows. */
  readonly rowNames: boolean;
  /** Numbers that may stand for missing values, far from all others of their column: −999 among 2.7 … 3.8. */
  readonly suspects: readonly { readonly column: string; readonly value: number; readonly rows: number }[];
  /** What was said or shown of what a smaller file of the same kind may leave open. */
  readonly settled: SettledReading;
  /** The same in sentences; none where the file is plain: commas, points, UTF-8, and a header. */
  readonly notes: readonly Said[];
}
