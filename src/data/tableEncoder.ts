import { Matrix } from "../array/matrix.js";
import { closest } from "../constraint/closest.js";
import { OptionError, requireObject, show } from "../constraint/constraint.js";
import type { Dataset, Task } from "./dataset.js";
import { encodeFeature, type FeatureRule, featureNames, fitFeature, parseFeature } from "./featureEncoder.js";
import { FormatError } from "./formatError.js";
import { quoted, quotedList } from "./quoted.js";
import type { Column, Table } from "./table.js";
import { encodeTarget, fitTarget, parseTarget, type TargetRule } from "./targetEncoder.js";

/** What `TableEncoder.fit` needs to know beside the table. */
export interface TableEncoderOptions {
  /** Name of the column to predict. */
  readonly target: string;
  /** Default `auto`: see {@link TableEncoder.fit}. */
  readonly task?: Task | "auto";
  /** Indices of the rows to train on, from 0: means are taken from them alone. Default: all. */
  readonly rows?: ArrayLike<number>;
  /** Columns that are no features. */
  readonly drop?: readonly string[];
}

/** A {@link TableEncoder} as plain data, for a model file. */
export interface TableEncoderJson {
  readonly target: TargetRule;
  readonly features: readonly FeatureRule[];
}

/**
 * Turns tables into what a network takes, always in the way learned from the training table: numbers as they are, missing
 * ones replaced by the mean of the training rows; a categorical column as one feature of 0 and 1 a category.
 *
 * @example
 * import { TableEncoder } from "gradproof";
 * import { parseCsv } from "gradproof/csv";
 * const table = parseCsv("amount,country,fraud\n10,SE,no\n,NO,yes\n30,SE,no\n");
 * const encoder = TableEncoder.fit(table, { target: "fraud" });
 * encoder.featureNames; // => ["amount", "country=NO", "country=SE"]
 * const { X, Y } = encoder.encode(table);
 * X.toArray(); // => [[10, 20, 30], [0, 1, 0], [1, 0, 1]]
 * Y.toArray(); // => [[0, 1, 0]]
 * encoder.classNames; // => ["no", "yes"]
 * const unlabelled = parseCsv("country,amount\nNO,25\n", encoder.csvOptions("features"));
 * encoder.encodeFeatures(unlabelled).toArray(); // => [[25], [1], [0]]
 */
export class TableEncoder {
  /** Rules of the features, in the order of the training table's columns. */
  readonly features: readonly FeatureRule[];
  readonly target: TargetRule;

  private constructor(features: readonly FeatureRule[], target: TargetRule) {
    this.features = features;
    this.target = target;
  }

  /**
   * Learns how to encode tables like this one.
   *
   * - The means that stand in for missing numbers are those of `rows`. The categories and classes are those of the whole
   *   table: that a category exists tells nothing about the rows kept for validation.
   * - Task `auto`: a target of two texts is binary, of more texts multiclass. A numeric target is binary if its values
   *   are 0 and 1, multiclass if they are 0, 1, …, K − 1, each present, with 3 ≤ K ≤ 20, and regression otherwise: a
   *   rating of 1 to 5 is a quantity unless `task` says multiclass. Two other numbers, such as −1 and 1, are an error.
   * - Classes are sorted, texts by code unit; of two, the second is the positive one (Y = 1).
   *
   * @throws FormatError for a target that is missing, has missing values, one value only, or labels outside {0, 1} for
   * the task binary; a class without a training row; a feature without any value; a column of more than 1,000
   * categories, or of more than 20 that are different in over half of the rows (drop such identifiers)
   */
  static fit(table: Table, options: TableEncoderOptions): TableEncoder {
    const columns = columnsByName(table);
    const known = [...columns.keys()];
    const target = columns.get(options.target);
    if (target === undefined) {
      throw new FormatError(
        `no column ${quoted(options.target)} to predict; the table has ${suggest(options.target, known)}`,
      );
    }
    const dropped = new Set(options.drop);
    for (const name of dropped) {
      if (!columns.has(name)) {
        throw new FormatError(`no column ${quoted(name)} to drop; the table has ${suggest(name, known)}`);
      }
    }
    if (dropped.has(target.name)) throw new OptionError(`column ${quoted(target.name)} is both the target and dropped`);
    const features = table.columns.filter((column) => column !== target && !dropped.has(column.name));
    if (features.length === 0) throw new FormatError("no column is left to predict from, beside the target");

    const rows = trainingRows(table, options.rows);
    const targetRule = fitTarget(target, options.task ?? "auto", rows);
    return new TableEncoder(
      features.map((column) => fitFeature(column, rows)),
      targetRule,
    );
  }

  /**
   * An encoder from what {@link TableEncoder.toJSON} gave, checked as data from outside.
   *
   * @throws OptionError naming the entry that is wrong
   */
  static fromJSON(json: unknown): TableEncoder {
    const { target, features } = requireObject("encoder", json, ["target", "features"]);
    if (!Array.isArray(features) || features.length === 0) {
      throw new OptionError(`encoder.features must be a list of at least one feature, got ${show(features)}`);
    }
    const rules = features.map((rule, i) => parseFeature(`encoder.features[${i}]`, rule));
    const targetRule = parseTarget("encoder.target", target);
    const names = new Set([targetRule.name]);
    for (const { name } of rules) {
      if (names.has(name)) throw new OptionError(`encoder: two columns are named ${quoted(name)}`);
      names.add(name);
    }
    return new TableEncoder(rules, targetRule);
  }

  get task(): Task {
    return this.target.task;
  }

  /** Names of the classes, in the order of Y; undefined for regression. */
  get classNames(): readonly string[] | undefined {
    return this.target.task === "regression" ? undefined : this.target.classes;
  }

  /** One name a row of X: the column's, or `column=category`. */
  get featureNames(): string[] {
    return this.features.flatMap(featureNames);
  }

  /**
   * How `parseCsv` is to read a file for this encoder: only the columns it needs, each of the kind it had in training.
   * Their kinds are not inferred again: in a file of ten rows, every text of a column may look like a number.
   */
  csvOptions(purpose: "features" | "featuresAndTarget"): CsvColumns {
    const columns = purpose === "features" ? this.features : [...this.features, this.target];
    const ofKind = (kind: Column["kind"]): string[] =>
      columns.filter((column) => column.kind === kind).map((column) => column.name);
    return { numeric: ofKind("numeric"), categorical: ofKind("categorical"), others: "skip" };
  }

  /**
   * The table as a dataset: X (features × examples), Y (outputs × examples), names of features and classes.
   *
   * @throws FormatError like {@link TableEncoder.encodeFeatures}, and for a target that is missing or of no known class
   */
  encode(table: Table): Dataset {
    const target = columnsByName(table).get(this.target.name);
    if (target === undefined) {
      throw new FormatError(
        `the target column ${quoted(this.target.name)} is missing; expected it beside the features`,
      );
    }
    const { featureNames, classNames } = this;
    const X = this.encodeFeatures(table);
    const Y = encodeTarget(this.target, target);
    return { X, Y, featureNames, ...(classNames === undefined ? {} : { classNames }) };
  }

  /**
   * X (features × examples) of a table that need not have the target. Columns that training did not see are left aside.
   *
   * @throws FormatError for columns that are missing (all are named) or changed their kind, categories that training
   * did not see, and values that are missing where none was in training, each with row and column; rows count from 1
   */
  encodeFeatures(table: Table): Matrix {
    const columns = columnsByName(table);
    const absent = this.features.map((rule) => rule.name).filter((name) => !columns.has(name));
    if (absent.length > 0) {
      throw new FormatError(
        `the ${absent.length === 1 ? "column" : "columns"} ${quotedList(absent)} of the training data ` +
          `${absent.length === 1 ? "is" : "are"} missing; the table has ${quotedList([...columns.keys()])}`,
      );
    }
    const X = Matrix.zeros(this.featureNames.length, table.rows); // (features × examples)
    let first = 0;
    for (const rule of this.features) {
      const column = columns.get(rule.name);
      if (column !== undefined) encodeFeature(rule, column, X, first);
      first += rule.kind === "numeric" ? 1 : rule.categories.length;
    }
    return X;
  }

  /** The encoder as plain data: what it learned, none of the rows. */
  toJSON(): TableEncoderJson {
    return { target: this.target, features: this.features };
  }
}

/** The options of `parseCsv` that an encoder decides. */
export interface CsvColumns {
  readonly numeric: readonly string[];
  readonly categorical: readonly string[];
  readonly others: "skip";
}

/** The columns by name, after checking that names differ and every column has a value a row. */
function columnsByName(table: Table): Map<string, Column> {
  if (table.rows === 0) throw new FormatError("the table has no rows; expected at least one");
  const columns = new Map<string, Column>();
  for (const column of table.columns) {
    if (columns.has(column.name)) throw new FormatError(`two columns of the table are named ${quoted(column.name)}`);
    if (column.values.length !== table.rows) {
      throw new FormatError(
        `column ${quoted(column.name)} has ${column.values.length} values, the table ${table.rows} rows`,
      );
    }
    columns.set(column.name, column);
  }
  return columns;
}

function trainingRows(table: Table, rows: ArrayLike<number> | undefined): readonly number[] {
  const indices = rows === undefined ? Array.from({ length: table.rows }, (_, i) => i) : Array.from(rows);
  const outside = indices.find((i) => !(Number.isInteger(i) && i >= 0 && i < table.rows));
  if (outside !== undefined) {
    throw new OptionError(`rows must be indices from 0 to ${table.rows - 1}, got ${outside}`);
  }
  if (indices.length === 0) throw new OptionError("rows must name at least one training row");
  return indices;
}

function suggest(name: string, known: readonly string[]): string {
  const guess = closest(name, known);
  return quotedList(known) + (guess === undefined ? "" : `. Did you mean ${quoted(guess)}?`);
}
