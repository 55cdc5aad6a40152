import type { FloatArray } from "../array/floatArray.js";
import type { Matrix } from "../array/matrix.js";
import { closest } from "../constraint/closest.js";
import { say } from "../constraint/codedError.js";
import { OptionError, requireName } from "../constraint/constraint.js";
import { requireList, requireText } from "../constraint/kinds.js";
import type { Dataset, Task } from "./dataset.js";
import { sharedMatrix } from "./featureMajor.js";
import { type CategoryEncoding, encodings, type FeatureRule } from "./featureRule.js";
import { fitColumn } from "./fitColumn.js";
import { fitFeature } from "./fitFeature.js";
import { columnsByName, FittedEncoder, parseEncoder } from "./fittedEncoder.js";
import { fitWords } from "./fitWords.js";
import { FormatError } from "./formatError.js";
import type { LeftOut } from "./leftOut.js";
import { quoted } from "./quoted.js";
import type { Column, Table } from "./table.js";
import { encodeTarget, fitTarget } from "./targetEncoder.js";
import type { UnknownTally } from "./unknownCells.js";

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
  /** Columns that name the rows: no features, but kept in mind as {@link FittedEncoder.ids}. Default none. */
  readonly ids?: readonly string[];
  /**
   * What a categorical column becomes: one feature of 0 and 1 a category, or one feature of codes 0, 1, …, which an
   * `embedding` takes. `auto`, from version 4 on: codes above 32 categories where the network `embeds` them, else features.
   * Default `oneHot`, from version 4 on `auto`.
   */
  readonly categories?: CategoryEncoding | "auto";
  /** Whether the network takes codes. Default false. */
  readonly embeds?: boolean;
  /**
   * Version of the configuration whose rules hold. From 4 on: medians stand in for missing numbers, with a flag beside them, rare
   * categories share a feature, what training did not have is taken all the same, and what cannot be learned from is left out.
   * `prepare` passes that of its configuration. Default 3.
   */
  readonly version?: number;
  /** Columns that are features whatever they look like; `all`: each column becomes one, as arrays have them. Default none. */
  readonly keep?: readonly string[] | "all";
}

/**
 * Turns tables into what a network takes, always in the way learned from the training table: numbers as they are, missing
 * ones replaced by the mean of the training rows; a categorical column as one feature of 0 and 1 a category, or as one
 * feature of codes.
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
export class TableEncoder extends FittedEncoder {
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
   * @throws OptionError where no target is named; FormatError for a target that is missing, has missing values, one value only, or labels outside {0, 1} for
   * the task binary; a class without a training row; a feature without any value; a column of more than 1,000
   * categories, or of more than 20 that are different in over half of the rows (drop such identifiers)
   */
  static fit(table: Table, options: TableEncoderOptions): TableEncoder {
    const columns = columnsByName(table);
    const known = [...columns.keys()];
    if (typeof options?.target !== "string") {
      throw new OptionError(say(fitWords, "fit.noTarget", { known }));
    }
    const target = targetColumn(columns, options.target);
    const named = (option: "drop" | "ids"): Set<string> => {
      const names = new Set(requireNames(`TableEncoder.fit(): ${option}`, options[option] ?? []));
      for (const name of names) {
        if (!columns.has(name)) {
          throw new FormatError(say(fitWords, `fit.${option}`, { column: name, known, near: closest(name, known) }));
        }
      }
      return names;
    };
    const [dropped, ids] = [named("drop"), named("ids")];
    if (dropped.has(target.name)) throw new OptionError(`column ${quoted(target.name)} is both the target and dropped`);
    if (ids.has(target.name)) throw new OptionError(`column ${quoted(target.name)} is both the target and an id`);
    const features = table.columns.filter(({ name }) => name !== target.name && !dropped.has(name) && !ids.has(name));
    if (features.length === 0) throw new FormatError(say(fitWords, "fit.noFeature"));

    const rows = trainingRows(table, options.rows);
    const targetRule = fitTarget(target, options.task ?? "auto", rows, options.version ?? 3);
    const reading = (options.version ?? 3) < 4 ? {} : table.reading?.settled;
    return new TableEncoder({
      ...{ ...fitColumns(features, rows, options), target: targetRule, ids: [...ids] },
      ...(reading && { reading }),
    });
  }

  /**
   * An encoder from what {@link TableEncoder.toJSON} gave, checked as data from outside.
   *
   * @throws OptionError naming the entry that is wrong
   */
  static override fromJSON(json: unknown): TableEncoder {
    return new TableEncoder(parseEncoder(json));
  }

  /**
   * X (features × examples) of a table that need not have the target; see {@link FittedEncoder.encodeFeatures}.
   *
   * Where the table's columns are X already, one after the other in one buffer as those of array files are, X **shares their
   * memory**.
   */
  override encodeFeatures(table: Table, unknown?: UnknownTally | "error"): Matrix {
    return this.sharedFeatures(table) ?? super.encodeFeatures(table, unknown);
  }

  /**
   * The table as a dataset: X (features × examples), Y (outputs × examples), names of features and classes.
   *
   * @throws FormatError like {@link TableEncoder.encodeFeatures}, and for a target that is missing or of no known class
   */
  encode(table: Table): Dataset {
    const target = columnsByName(table).get(this.target.name);
    if (target === undefined) {
      throw new FormatError(say(fitWords, "fit.targetAbsent", { column: this.target.name }));
    }
    const { featureNames, classNames } = this;
    const X = this.encodeFeatures(table);
    const Y = encodeTarget(this.target, target);
    return { X, Y, featureNames, ...(classNames === undefined ? {} : { classNames }) };
  }

  private sharedFeatures(table: Table): Matrix | undefined {
    if (this.featureNames.length > this.features.length || !this.features.every(({ kind }) => kind === "numeric")) {
      return undefined;
    }
    const columns = columnsByName(table);
    const known = this.features.flatMap(({ name }) => columns.get(name) ?? []);
    if (known.length < this.features.length) return undefined;
    const X = sharedMatrix(known, table.rows);
    return X !== undefined && allFinite(X.data) ? X : undefined;
  }
}

/** The rules of columns, and those that are no features. */
function fitColumns(
  columns: readonly Column[],
  rows: readonly number[],
  { categories, embeds = false, version = 3, keep = [] }: TableEncoderOptions,
): { readonly features: readonly FeatureRule[]; readonly leftOut?: readonly LeftOut[] } {
  const where = "TableEncoder.fit(): categories";
  if (version < 4) {
    const encoding = requireName(where, categories ?? "oneHot", encodings);
    return { features: columns.map((column) => fitFeature(column, rows, encoding)) };
  }
  const options = {
    categories: requireName(where, categories ?? "auto", [...encodings, "auto"]),
    embeds,
    flags: keep !== "all",
  };
  const fittedBut = (kept: (name: string) => boolean): (FeatureRule | LeftOut)[] =>
    columns.map((column) => fitColumn(column, rows, { ...options, keep: kept(column.name) }));
  const kept = (name: string): boolean => keep === "all" || keep.includes(name);
  let fitted = fittedBut(kept);
  if (!fitted.some((rule) => "kind" in rule)) {
    // Where there is nothing else, what looks like an identifier is a feature.
    const names = fitted.flatMap((rule) => ("why" in rule && rule.why === "identifier" ? [rule.name] : []));
    fitted = fittedBut((name) => kept(name) || names.includes(name));
  }
  const features = fitted.filter((rule) => "kind" in rule);
  if (features.length === 0) throw new FormatError(say(fitWords, "fit.noFeature"));
  return { features, leftOut: fitted.filter((rule) => "why" in rule) };
}

/** The task of a table's target, where it is `auto` what {@link TableEncoder.fit} finds, without looking at the features. */
export function taskOf(
  table: Table,
  { target, task = "auto", version = 3 }: Pick<TableEncoderOptions, "target" | "task" | "version">,
): Task {
  const column = targetColumn(columnsByName(table), target);
  return fitTarget(column, task, trainingRows(table, undefined), version).task;
}

function allFinite(values: FloatArray): boolean {
  for (let k = 0; k < values.length; k++) if (!Number.isFinite(values[k])) return false;
  return true;
}

function targetColumn(columns: ReadonlyMap<string, Column>, name: string): Column {
  const target = columns.get(name);
  if (target !== undefined) return target;
  const known = [...columns.keys()];
  throw new FormatError(say(fitWords, "fit.target", { column: name, known, near: closest(name, known) }));
}

function requireNames(where: string, value: readonly string[]): readonly string[] {
  const names = Array.from(requireList(where, value, "an array of names"));
  return names.map((name) => requireText(where, name, "an array of names"));
}

function trainingRows(table: Table, rows: ArrayLike<number> | undefined): readonly number[] {
  if (rows !== undefined) requireList("TableEncoder.fit(): rows", rows, "an array of indices");
  const indices = rows === undefined ? Array.from({ length: table.rows }, (_, i) => i) : Array.from(rows);
  const outside = indices.find((i) => !(Number.isInteger(i) && i >= 0 && i < table.rows));
  if (outside !== undefined) {
    throw new OptionError(`rows must be indices from 0 to ${table.rows - 1}, got ${outside}`);
  }
  if (indices.length === 0) throw new OptionError("rows must name at least one training row");
  return indices;
}
