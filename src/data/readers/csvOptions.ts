import type { DecimalMark, Delimiter, TextEncoding } from "../reading.js";

/** How to read a file of text, where its cells do not say it themselves; each default is what all of them say. */
export interface CsvOptions {
  /** A blank stands for blanks and tabs in any number. Default: whichever cuts the first rows into columns that are alike. */
  readonly delimiter?: Delimiter;
  /** Whether the first row names the columns; if not, they are named `c1`, `c2`, … Default `auto`: what its cells say. */
  readonly header?: boolean | "auto";
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
  /** Columns to leave out, whatever they hold. */
  readonly drop?: readonly string[];
  /** Columns that no list names: `infer` their kind (the default) or `skip` them. */
  readonly others?: "infer" | "skip";
  /**
   * Cells that mean a missing value, beside empty ones. Default: those that programs write, among them `NA`, `N/A`, `NaN`,
   * `None`, `null`, `?`, `-` and `.`.
   */
  readonly missing?: readonly string[];
  /** Called now and then while the rows are read, with the lines so far and the share of the file that they are, 0 … 1. */
  readonly onProgress?: (lines: number, share: number) => void;
}
