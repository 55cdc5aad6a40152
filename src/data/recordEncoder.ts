import { say } from "../constraint/codedError.js";
import {
  atCell,
  type CategoricalFeature,
  type FeatureRule,
  featureCount,
  type NumericFeature,
} from "./featureEncoder.js";
import { absentIn, numberIn, type TableRecord, textIn } from "./tableRecord.js";
import { dataWords } from "./words.js";

/** Writes the features of one cell into x, which is 0 there. */
type EncodeCell = (cell: unknown, x: Float64Array) => void;

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
   * @throws FormatError where the record lacks a column, and for cells as `encodeFeatures` does
   */
  encode(record: TableRecord, x: Float64Array): void {
    x.fill(0);
    const { columns } = this;
    for (let k = 0; k < columns.length; k++) {
      const { name, encode } = columns[k];
      const cell = record[name];
      if (cell === undefined) throw absentIn(record, name);
      encode(cell, x);
    }
  }
}

function cellEncoder(rule: FeatureRule, at: number): EncodeCell {
  return rule.kind === "numeric" ? numericCell(rule, at) : categoricalCell(rule, at);
}

function numericCell({ name, mean }: NumericFeature, at: number): EncodeCell {
  return (cell, x) => {
    const value = typeof cell === "number" ? cell : numberIn(cell, name, 0);
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
      throw atCell(0, name, say(dataWords, "table.notFinite", { value }));
    }
    x[at] = Number.isNaN(value) ? mean : value;
  };
}

function categoricalCell({ name, categories, encoding }: CategoricalFeature, at: number): EncodeCell {
  const place = new Map(categories.map((category, i) => [category, i]));
  return (cell, x) => {
    const text = typeof cell === "string" ? cell : textIn(cell, name, 0);
    const i = place.get(text);
    if (i === undefined) {
      if (text === null) throw atCell(0, name, say(dataWords, "table.missing"));
      const known = categories.filter((category) => category !== null);
      throw atCell(0, name, say(dataWords, "table.category", { value: text, known }));
    }
    if (encoding === "codes") x[at] = i;
    else x[at + i] = 1;
  };
}
