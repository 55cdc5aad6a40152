import type { ReadingOptions, SettledReading } from "../reading.js";

/** How to read a file of text, where its cells do not say it themselves. */
export interface CsvOptions extends ReadingOptions {
  /** Columns to leave out, whatever they hold. */
  readonly drop?: readonly string[];
  /** How a file of the same kind was read, which holds where the rows of this one leave it open. */
  readonly assumed?: SettledReading;
  /** Columns that no list names: `infer` their kind (the default) or `skip` them. */
  readonly others?: "infer" | "skip";
  /** Called now and then while the rows are read, with the lines so far and the share of the file that they are, 0 … 1. */
  readonly onProgress?: (lines: number, share: number) => void;
}
