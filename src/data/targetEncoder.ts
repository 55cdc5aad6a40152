import { Matrix } from "../array/matrix.js";
import { say } from "../constraint/codedError.js";
import { OptionError, requireName, requireObject, show } from "../constraint/constraint.js";
import { atCell, finiteValues, numbers, texts } from "./cells.js";
import type { Task } from "./dataset.js";
import { requireFewCategories } from "./fewCategories.js";
import { mostWholeClasses } from "./fewWholeNumbers.js";
import { fitWords } from "./fitWords.js";
import { FormatError } from "./formatError.js";
import { requireText } from "./parseFeature.js";
import type { Column, DateColumn, NumericColumn } from "./table.js";
import { dataWords } from "./words.js";

/** How the target column becomes Y. */
export type TargetRule = ClassTarget | NumberTarget;

/** Classes, in the order of Y: texts sorted by code unit, numbers by size. Of two, the second is the positive one. */
export interface ClassTarget {
  readonly task: "binary" | "multiclass";
  readonly name: string;
  /** Kind of the column that the classes stand in; numeric classes are written as numbers are, `"0"` and `"1"`. */
  readonly kind: Column["kind"];
  readonly classes: readonly string[];
}

export interface NumberTarget {
  readonly task: "regression";
  readonly name: string;
  readonly kind: "numeric";
}

/** Learns how to encode the target: the task where it is `auto`, and the classes, from the whole column. */
export function fitTarget(
  column: Column,
  task: Task | "auto",
  trainingRows: readonly number[],
  version: number,
): TargetRule {
  requireNoneMissing(column);
  const chosen = task === "auto" ? chooseTask(column, version) : task;
  const rule = chosen === "regression" ? regressionTarget(column) : classTarget(column, chosen, version);
  requireVaried(rule, column, trainingRows);
  return rule;
}

/** Y of a column: 1 × m of 0 and 1, K × m one-hot, or 1 × m numbers. */
export function encodeTarget(rule: TargetRule, column: Column): Matrix {
  requireNoneMissing(column);
  if (rule.task === "regression") return Matrix.row(numbers(column));
  const examples = column.values.length;
  const Y = Matrix.zeros(rule.task === "binary" ? 1 : rule.classes.length, examples); // (outputs × examples)
  const indexOf = new Map(rule.classes.map((name, i) => [name, i]));
  for (const [j, label] of labels(rule, column).entries()) {
    const index = indexOf.get(label);
    if (index === undefined) {
      throw atCell(j, rule.name, say(fitWords, "fit.class", { value: label, known: rule.classes }));
    }
    if (rule.task === "multiclass") Y.data[index * examples + j] = 1;
    else Y.data[j] = index;
  }
  return Y;
}

/** Checks a rule that comes from a model file. */
export function parseTarget(where: string, value: unknown): TargetRule {
  const { task, name, kind, classes } = requireObject(where, value, ["task", "name", "kind", "classes"]);
  const chosen = requireName(`${where}.task`, task, ["binary", "multiclass", "regression"]);
  const common = { name: requireText(`${where}.name`, name) };
  if (chosen === "regression")
    return { task: chosen, kind: requireName(`${where}.kind`, kind, ["numeric"]), ...common };
  const count = Array.isArray(classes) ? new Set(classes).size : 0;
  if (
    !Array.isArray(classes) ||
    !classes.every((label) => typeof label === "string") ||
    count < classes.length ||
    (chosen === "binary" ? count !== 2 : count < 2)
  ) {
    const id = chosen === "binary" ? "encoder.twoClasses" : "encoder.classes";
    throw new OptionError(say(dataWords, id, { where, given: show(classes) }));
  }
  return { task: chosen, kind: requireName(`${where}.kind`, kind, ["numeric", "categorical"]), ...common, classes };
}

/**
 * The task that a target speaks for. Texts are classes. Numbers are classes only in the two forms in which data sets
 * write labels: two of them, or 0, 1, …, K − 1, each present, with 3 ≤ K ≤ 20. All others are quantities: a rating of 1 to
 * 5, a count, a price. Up to version 3 two numbers other than 0 and 1 are refused.
 */
function chooseTask(column: Column, version: number): Task {
  const distinct = new Set<number | string | null>(column.values);
  const first = [...distinct.keys()].slice(0, 2);
  if (distinct.size === 1)
    throw new FormatError(say(fitWords, "fit.oneValue", { column: column.name, value: String(first[0]) }));
  if (column.kind === "categorical") return distinct.size === 2 ? "binary" : "multiclass";
  const values = [...distinct].sort((a, b) => Number(a) - Number(b));
  if (values.length <= mostWholeClasses && values.every((value, i) => value === i)) {
    return values.length === 2 ? "binary" : "multiclass";
  }
  if (values.length === 2) {
    if (version > 3) return "binary";
    throw new FormatError(say(fitWords, "fit.twoNumbers", { column: column.name, values: values.map(String) }));
  }
  return "regression";
}

function regressionTarget(column: Column): NumberTarget {
  if (column.kind !== "categorical") {
    finiteValues(column);
    return { task: "regression", name: column.name, kind: "numeric" };
  }
  throw atCell(0, column.name, say(fitWords, "fit.notNumber", { value: column.values[0] ?? "" }));
}

function classTarget(column: Column, task: "binary" | "multiclass", version: number): ClassTarget {
  const { name } = column;
  const kind = column.kind === "categorical" ? "categorical" : "numeric";
  const classes =
    column.kind === "categorical" ? [...new Set(column.values)].sort() : numericClasses(column, task, version);
  const names = classes.map(String);
  if (names.length === 1) throw new FormatError(say(fitWords, "fit.oneValue", { column: name, value: names[0] }));
  requireFewCategories(name, names.length, column.values.length);
  if (task === "binary" && names.length !== 2) {
    throw new FormatError(say(fitWords, "fit.classes", { column: name, classes: names }));
  }
  return { task, name, kind, classes: names };
}

function numericClasses(column: NumericColumn | DateColumn, task: "binary" | "multiclass", version: number): number[] {
  const distinct = new Set(finiteValues(column));
  // Any two numbers are two classes.
  if (version > 3 && distinct.size <= (task === "binary" ? Number.POSITIVE_INFINITY : 2)) {
    return [...distinct].sort((a, b) => a - b);
  }
  for (const [i, value] of column.values.entries()) {
    if (task === "binary" ? value !== 0 && value !== 1 : !Number.isSafeInteger(value)) {
      throw atCell(i, column.name, say(fitWords, task === "binary" ? "fit.binaryLabel" : "fit.label", { value }));
    }
  }
  // −0 is 0: a Set holds them to be the same.
  return [...new Set(column.values)].sort((a, b) => a - b);
}

/** A class without a training example, or a constant, cannot be learned. */
function requireVaried(rule: TargetRule, column: Column, trainingRows: readonly number[]): void {
  const seen = new Set<number | string | null>(trainingRows.map((i) => column.values[i]));
  const [first] = seen;
  if (seen.size === 1) {
    throw new FormatError(say(fitWords, "fit.oneTrainingValue", { column: rule.name, value: String(first) }));
  }
  if (rule.task === "regression" || seen.size === rule.classes.length) return;
  const present = new Set([...seen].map(String));
  const absent = rule.classes.filter((label) => !present.has(label));
  throw new FormatError(say(fitWords, "fit.noExample", { column: rule.name, classes: absent }));
}

function labels(rule: ClassTarget, column: Column): readonly string[] {
  return rule.kind === "numeric"
    ? Array.from(numbers(column), (value) => String(value))
    : texts(column, rule.classes[0]).map(String);
}

function requireNoneMissing(column: Column): void {
  const missing =
    column.kind === "categorical"
      ? column.values.indexOf(null)
      : column.values.findIndex((value) => Number.isNaN(value));
  if (missing < 0) return;
  const isPresent = (value: number | string | null): boolean => value !== null && !Number.isNaN(value);
  if (!Array.from<number | string | null>(column.values).some(isPresent)) {
    throw new FormatError(say(fitWords, "fit.noTargetValue", { column: column.name }));
  }
  throw atCell(missing, column.name, say(fitWords, "fit.targetMissing"));
}
