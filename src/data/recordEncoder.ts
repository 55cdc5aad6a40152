import { say } from "../constraint/codedError.js";
import { atCell } from "./cells.js";
import { datePart } from "./datePart.js";
import {
  type CategoricalFeature,
  type DateFeature,
  type FeatureRule,
  featureCount,
  hasRare,
  isSwitch,
  type MeanFeature,
  type NumericFeature,
} from "./featureRule.js";
import { absentIn, numberIn, type TableRecord, textIn, timeIn } from "./tableRecord.js";
import { dataWords } from "./words.js";

/** Writes the features of one cell into x, which is 0 there; gives whether the cell holds what training did not have. */
type EncodeCell = (cell: unknown, x: Float64Array, refuses: boolean) => boolean;

/**
 * An encoder of one record after the other, to the bits of `encodeFeatures` of the table of that row. What can be looked up in
 * advance is, so that a record takes a function call a column and no memory.
 */
export class RecordEncoder {
  /** Features of a record. */
  readonly features: number;
  private readonly columns: readonly { readonly name: string; readonly encode: EncodeCell }[];

  constructor(rules: readonly FeatureRule[]) {
    let first = 0;
    this.columns = rules.map((rule) => {
      const encode = cellEncoder(rule, first);
      first += featureCount(rule);
      return { name: rule.name, encode };
    });
    this.features = first;
  }

  /**
   * Writes the features of a record into x.
   *
   * @param refuses what training did not have
   * @returns the columns that hold what training did not have; undefined where there is none
   * @throws FormatError where the record lacks a column, and for cells as `encodeFeatures` does
   */
  encode(record: TableRecord, x: Float64Array, refuses: boolean): string[] | undefined {
    x.fill(0);
    const { columns } = this;
    let unknown: string[] | undefined;
    for (let k = 0; k < columns.length; k++) {
      const { name, encode } = columns[k];
      const cell = record[name];
      if (cell === undefined) throw absentIn(record, name);
      if (!encode(cell, x, refuses)) continue;
      unknown ??= [];
      unknown.push(name);
    }
    return unknown;
  }
}

function cellEncoder(rule: FeatureRule, at: number): EncodeCell {
  if (rule.kind === "categorical") return categoricalCell(rule, at);
  if (rule.kind === "date") return dateCell(rule, at);
  return "mean" in rule ? meanCell(rule, at) : numericCell(rule, at);
}

function meanCell({ name, mean }: MeanFeature, at: number): EncodeCell {
  return (cell, x) => {
    const value = finite(cell, name);
    x[at] = Number.isNaN(value) ? mean : value;
    return false;
  };
}

function numericCell({ name, median, missing }: NumericFeature, at: number): EncodeCell {
  return (cell, x, refuses) => {
    const value = finite(cell, name);
    if (!Number.isNaN(value)) {
      x[at] = value;
      return false;
    }
    x[at] = median;
    if (missing) x[at + 1] = 1;
    else if (refuses) throw atCell(0, name, say(dataWords, "table.missing"));
    return missing !== true;
  };
}

function dateCell({ name, first, parts, missing }: DateFeature, at: number): EncodeCell {
  return (cell, x, refuses) => {
    const time = timeIn(cell, name, 0);
    const isMissing = Number.isNaN(time);
    for (let k = 0; k < parts.length; k++) {
      const { part, median } = parts[k];
      x[at + k] = isMissing ? median : datePart(part, time, first);
    }
    if (!isMissing) return false;
    if (missing) x[at + parts.length] = 1;
    else if (refuses) throw atCell(0, name, say(dataWords, "table.missing"));
    return missing !== true;
  };
}

function categoricalCell(rule: CategoricalFeature, at: number): EncodeCell {
  const { name, categories, encoding, rare } = rule;
  const place = new Map(categories.map((category, i) => [category, i]));
  const rarely = new Set(rare);
  const [two, shared] = [isSwitch(rule), hasRare(rule)];
  const others = categories.length;
  return (cell, x, refuses) => {
    const text = typeof cell === "string" ? cell : textIn(cell, name, 0);
    const i = place.get(text) ?? others;
    const isUnknown = i === others && !rarely.has(text);
    if (isUnknown && (refuses || rare === undefined)) throw notKnown(rule, text);
    if (encoding === "codes") x[at] = i;
    else if (two) x[at] = i < 2 ? i : 0.5;
    else if (i < others || shared) x[at + i] = 1;
    return isUnknown;
  };
}

/** The number in a cell, NaN where it is missing. */
function finite(cell: unknown, name: string): number {
  const value = typeof cell === "number" ? cell : numberIn(cell, name, 0);
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
    throw atCell(0, name, say(dataWords, "table.notFinite", { value }));
  }
  return value;
}

function notKnown({ name, categories }: CategoricalFeature, value: string | null): Error {
  if (value === null) return atCell(0, name, say(dataWords, "table.missing"));
  const known = categories.filter((category) => category !== null);
  return atCell(0, name, say(dataWords, "table.category", { value, known }));
}
