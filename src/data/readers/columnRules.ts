import { closest } from "../../constraint/closest.js";
import { say, within } from "../../constraint/codedError.js";
import { OptionError } from "../../constraint/constraint.js";
import { columnNamed } from "../columnNamed.js";
import { FormatError } from "../formatError.js";
import type { Kind } from "./columns/cellGatherer.js";
import type { CsvOptions } from "./csvOptions.js";
import { csvWords } from "./csvWords.js";

/** What is said in advance about a column: its kind, that its cells decide, or that it is left out. */
export type ColumnRule = Kind | "infer" | "skip";

/** What the options say about each column, after checking that the file has every column they name. */
export function columnRules(
  names: readonly string[],
  { numeric = [], categorical = [], date = [], drop = [], others = "infer" }: CsvOptions,
): ColumnRule[] {
  // A column of row names has no name, and is not counted.
  const known = names.filter((name) => name !== "");
  const rules = new Map<string, ColumnRule>();
  const absent: string[] = [];
  for (const [rule, listed] of [
    ["numeric", numeric],
    ["categorical", categorical],
    ["date", date],
    ["skip", drop],
  ] as const) {
    for (const wanted of listed) {
      const name = columnNamed(known, wanted);
      if (name === undefined) absent.push(wanted);
      else if ((rules.get(name) ?? rule) !== rule) throw new OptionError(say(csvWords, "csv.rules", { column: name }));
      else rules.set(name, rule);
    }
  }
  if (absent.length > 0) {
    const near = absent.length === 1 ? closest(absent[0], known) : undefined;
    throw new FormatError(within("CSV", say(csvWords, "csv.absent", { columns: absent, known, near })));
  }
  return names.map((name) => rules.get(name) ?? others);
}
