import { Matrix } from "../array/matrix.js";
import { say } from "../constraint/codedError.js";
import { OptionError, requireName, requireObject, show } from "../constraint/constraint.js";
import { requireList, requireRecord } from "../constraint/kinds.js";
import type { Task } from "./dataset.js";
import { encodeFeature } from "./encodeFeature.js";
import { type FeatureKind, type FeatureRule, featureCount, featureKinds, featureNames } from "./featureRule.js";
import { FormatError } from "./formatError.js";
import { type LeftOut, reasons } from "./leftOut.js";
import { parseFeature, requireText } from "./parseFeature.js";
import { parseReading } from "./parseReading.js";
import { type SettledReading, settledKeys } from "./reading.js";
import type { Column, Table } from "./table.js";
import { parseTarget, type TargetRule } from "./targetEncoder.js";
import { UnknownTally } from "./unknownCells.js";
import { dataWords } from "./words.js";

/** A {@link TableEncoder} as plain data, for a model file. */
export interface TableEncoderJson {
  readonly target: TargetRule;
  readonly features: readonly FeatureRule[];
  /** Columns of the training table that are no features, and why. Default none. */
  readonly leftOut?: readonly LeftOut[];
  /** Columns that name the rows, and are no features. Default none. */
  readonly ids?: readonly string[];
  /** How the file of the training table was read, as far as a smaller one may leave it open. */
  readonly reading?: SettledReading;
}

/**
 * What a {@link TableEncoder} has learned, as a model file holds it: it turns tables into features, and learns nothing.
 *
 * @example
 * import { dense, network, serializeModel, TableEncoder } from "gradproof";
 * import { parseCsv } from "gradproof/csv";
 * import { parseModel } from "gradproof/predict";
 * const encoder = TableEncoder.fit(parseCsv("x,y\n-1,no\n1,yes\n"), { target: "y" });
 * const trained = network({ inputs: 1, layers: [dense(1, "sigmoid")] });
 * const model = parseModel(serializeModel({ network: trained, encoder }));
 * model.encoder?.encodeFeatures(parseCsv("x\n3\n")).toArray(); // => [[3]]
 */
export class FittedEncoder {
  /** Rules of the features, in the order of the training table's columns. */
  readonly features: readonly FeatureRule[];
  readonly target: TargetRule;
  /** Columns of the training table that are no features, and why. */
  readonly leftOut: readonly LeftOut[];
  /** Columns that name the rows, and are no features. */
  readonly ids: readonly string[];
  /** How the file of the training table was read, as far as a smaller one may leave it open. */
  readonly reading: SettledReading;

  protected constructor({ features, target, leftOut = [], ids = [], reading = {} }: TableEncoderJson) {
    this.features = features;
    this.target = target;
    this.leftOut = leftOut;
    this.ids = ids;
    this.reading = reading;
  }

  /**
   * An encoder from what {@link FittedEncoder.toJSON} gave, checked as data from outside.
   *
   * @throws OptionError naming the entry that is wrong
   */
  static fromJSON(json: unknown): FittedEncoder {
    return new FittedEncoder(parseEncoder(json));
  }

  get task(): Task {
    return this.target.task;
  }

  /** Names of the classes, in the order of Y; undefined for regression. */
  get classNames(): readonly string[] | undefined {
    return this.target.task === "regression" ? undefined : this.target.classes;
  }

  /** One name a row of X: the column's, or `column=category` where categories are spread out. */
  get featureNames(): string[] {
    return this.features.flatMap(featureNames);
  }

  /** What each row of X is: a number, 0 or 1, the flag of missing values of the row before, or a code. */
  get featureKinds(): FeatureKind[] {
    return featureKinds(this.features);
  }

  /**
   * How `parseCsv` is to read a file for this encoder: only the columns it needs, each of the kind it had in training.
   * Their kinds are not inferred again: in a file of ten rows, every text of a column may look like a number. What its rows
   * leave open (decimal mark, order of day and month, whether there is a header) and the marks of missing values are training's.
   */
  csvOptions(purpose: "features" | "featuresAndTarget"): CsvColumns {
    const columns = purpose === "features" ? this.features : [...this.features, this.target];
    const ofKind = (kind: Column["kind"]): string[] =>
      columns.filter((column) => column.kind === kind).map((column) => column.name);
    const dates = ofKind("date");
    return {
      numeric: ofKind("numeric"),
      categorical: ofKind("categorical"),
      ...(dates.length > 0 && { date: dates }),
      ...(this.ids.length > 0 && { ids: this.ids }),
      others: "skip",
      ...(Object.keys(this.reading).length > 0 && { assumed: this.reading }),
    };
  }

  /**
   * X (features × examples) of a table that need not have the target. Columns that training did not see are left aside.
   *
   * @param unknown counts the cells that hold what training did not have: a category, or a missing value where none was missing.
   *   `error` refuses them. Encoders of version 0.1 have no feature for unknown categories, and refuse them always.
   * @throws FormatError for columns that are missing (all are named) or changed their kind, and for what is refused, with row
   *   and column; rows count from 1
   */
  encodeFeatures(table: Table, unknown: UnknownTally | "error" = new UnknownTally()): Matrix {
    const columns = columnsByName(table);
    const absent = this.features.map((rule) => rule.name).filter((name) => !columns.has(name));
    if (absent.length > 0) {
      throw new FormatError(say(dataWords, "table.absent", { columns: absent, known: [...columns.keys()] }));
    }
    const X = Matrix.zeros(this.featureNames.length, table.rows); // (features × examples)
    let first = 0;
    for (const rule of this.features) {
      const column = columns.get(rule.name);
      if (column !== undefined) encodeFeature(rule, column, X, first, unknown === "error" ? undefined : unknown);
      first += featureCount(rule);
    }
    return X;
  }

  /** The encoder as plain data: what it learned, none of the rows. */
  toJSON(): TableEncoderJson {
    const { target, features, leftOut, ids, reading } = this;
    const isSettled = Object.keys(reading).length > 0;
    return {
      ...{ target, features },
      ...(leftOut.length > 0 && { leftOut }),
      ...(ids.length > 0 && { ids }),
      ...(isSettled && { reading }),
    };
  }
}

/** Checks an encoder that comes from a model file. */
export function parseEncoder(json: unknown): TableEncoderJson {
  const { target, features, leftOut, ids, reading } = requireObject("encoder", json, [
    ...["target", "features", "leftOut", "ids", "reading"],
  ]);
  if (!Array.isArray(features) || features.length === 0) {
    throw new OptionError(say(dataWords, "encoder.features", { given: show(features) }));
  }
  const rules = features.map((rule, i) => parseFeature(`encoder.features[${i}]`, rule));
  const targetRule = parseTarget("encoder.target", target);
  const names = new Set([targetRule.name]);
  for (const { name } of rules) {
    if (names.has(name)) throw new OptionError(say(dataWords, "encoder.twice", { column: name }));
    names.add(name);
  }
  return {
    ...{ target: targetRule, features: rules },
    ...(leftOut !== undefined && { leftOut: parseLeftOut(leftOut) }),
    ...(ids !== undefined && { ids: parseIds(ids) }),
    ...(reading !== undefined && { reading: parseReading(reading, "encoder.reading", settledKeys) }),
  };
}

function parseLeftOut(value: unknown): LeftOut[] {
  if (!Array.isArray(value)) throw new OptionError(say(dataWords, "encoder.leftOut", { given: show(value) }));
  return value.map((one, i) => {
    const where = `encoder.leftOut[${i}]`;
    const { name, why } = requireObject(where, one, ["name", "why"]);
    return { name: requireText(`${where}.name`, name), why: requireName(`${where}.why`, why, reasons) };
  });
}

function parseIds(value: unknown): string[] {
  if (!Array.isArray(value)) throw new OptionError(say(dataWords, "encoder.ids", { given: show(value) }));
  return value.map((name, i) => requireText(`encoder.ids[${i}]`, name));
}

/** The options of `parseCsv` that an encoder decides. */
export interface CsvColumns {
  readonly numeric: readonly string[];
  readonly categorical: readonly string[];
  readonly date?: readonly string[];
  /** Columns that name the rows, which `gradproof predict` keeps where they are. */
  readonly ids?: readonly string[];
  readonly others: "skip";
  readonly assumed?: SettledReading;
}

/** The columns by name, after checking that names differ and every column has a value a row. */
export function columnsByName(table: Table): Map<string, Column> {
  requireRecord("the table", table, "a Table, such as parseCsv() gives");
  requireList("the table's columns", table.columns);
  if (table.rows === 0) throw new FormatError(say(dataWords, "table.noRows"));
  const columns = new Map<string, Column>();
  for (const column of table.columns) {
    requireRecord("a column of the table", column, "an object { kind, name, values }");
    requireList("the values of a column", column.values);
    if (columns.has(column.name)) throw new FormatError(say(dataWords, "table.twice", { column: column.name }));
    if (column.values.length !== table.rows) {
      const values = column.values.length;
      throw new FormatError(say(dataWords, "table.length", { column: column.name, values, rows: table.rows }));
    }
    columns.set(column.name, column);
  }
  return columns;
}
