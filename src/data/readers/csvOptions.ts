import { requireName, requireObject } from "../../constraint/constraint.js";
import { requireFunction } from "../../constraint/kinds.js";
import { parseReading, requireTexts } from "../parseReading.js";
import { type ReadingOptions, readingKeys, type SettledReading, settledKeys } from "../reading.js";

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

/** What columns that no list names may come to. */
const othersKinds = ["infer", "skip"] as const;
const ownKeys = ["drop", "assumed", "others", "onProgress"] as const;

/** Throws an OptionError for an option that is unknown, or has a value it may not have. */
export function requireCsvOptions(where: string, options: CsvOptions): void {
  const given = requireObject(where, options, [...readingKeys, ...ownKeys]);
  const reading = Object.fromEntries(readingKeys.flatMap((key) => (key in given ? [[key, given[key]]] : [])));
  parseReading(reading, where);
  if (given.drop !== undefined) requireTexts(`${where}: drop`, given.drop);
  if (given.assumed !== undefined) parseReading(given.assumed, `${where}: assumed`, settledKeys);
  if (given.others !== undefined) requireName(`${where}: others`, given.others, othersKinds);
  if (given.onProgress !== undefined)
    requireFunction(`${where}: onProgress`, given.onProgress, "(lines, share) => void");
}
