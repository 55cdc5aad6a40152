import { OptionError, requireName, show } from "../../constraint/constraint.js";
import {
  type DecimalMark,
  type Delimiter,
  decimalMarks,
  delimiters,
  type ReadingOptions,
  textEncodings,
} from "../../data/reading.js";
import { name, onOff } from "./kinds.js";
import type { Option, Place } from "./option.js";

const delimiterWords = ["comma", "semicolon", "tab", "bar", "blank"] as const;
const decimalWords = ["point", "comma"] as const;

/** How the file of a table is read. */
export const readingOptions = {
  delimiter: mark<Delimiter>("What separates cells", inReading("delimiter"), delimiters, delimiterWords),
  header: onOff("The first row names the columns (--no-header: they are c1, c2, ...; default: what the rows say)", {
    ...inReading("header"),
  }),
  decimal: mark<DecimalMark>("What stands before decimals", inReading("decimal"), decimalMarks, decimalWords),
  encoding: name("How characters are encoded", textEncodings, inReading("encoding"), {
    byDefault: "what the bytes say",
  }),
  missing: list(
    "Cells that mean a missing value, beside empty ones (default NA, NaN, null, ? and their kind)",
    "A,B",
    "missing",
  ),
  categorical: list("Columns to read as texts even if they hold numbers", "A,B", "categorical"),
  numeric: list("Columns that must hold numbers", "A,B", "numeric"),
  date: list("Columns that must hold dates", "A,B", "date"),
  dayFirst: onOff("The day comes first in dates such as 03/04/2020 (default: what other dates say)", {
    ...inReading("dayFirst"),
  }),
} as const;

/** Where an option of reading lies. */
function inReading<Key extends keyof ReadingOptions>(key: Key): Place<NonNullable<ReadingOptions[Key]>> {
  return {
    get: ({ data }) => data.reading?.[key] ?? undefined,
    set: (configuration, value) => ({
      ...configuration,
      data: { ...configuration.data, reading: { ...configuration.data.reading, [key]: value } },
    }),
  };
}

/** A mark, by a word that no shell takes for anything else, or as it is. */
function mark<Mark extends string>(
  what: string,
  place: Place<Mark>,
  marks: readonly Mark[],
  words: readonly string[],
): Option<Mark> {
  const known = [...words, ...marks];
  return {
    ...place,
    brief: `${what}: ${words.join(", ")} (default: what the rows say)`,
    placeholder: "MARK",
    fromText: (flag, text) => {
      const at = known.indexOf(requireName(flag, text, known));
      return marks[at % words.length];
    },
    fromPlain: (where, value) => marks[known.indexOf(requireName(where, value, known)) % words.length],
    toPlain: (value) => words[marks.indexOf(value)],
  };
}

/** Texts, separated by commas. */
function list(
  brief: string,
  placeholder: string,
  key: "missing" | "categorical" | "numeric" | "date",
): Option<readonly string[]> {
  return {
    ...inReading(key),
    brief,
    placeholder,
    isList: true,
    fromText: (_, text) => (text === "none" ? [] : text.split(",")),
    fromPlain: (where, value) => {
      if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value;
      throw new OptionError(`${where} must be an array of texts, got ${show(value)}`);
    },
    toPlain: (value) => value,
  };
}
