import { Matrix } from "../array/matrix.js";
import { OptionError, requireName, requireObject, show } from "../constraint/constraint.js";
import type { Task } from "./dataset.js";
import { cell, finiteValues, numbers, requireFewCategories, requireText, texts } from "./featureEncoder.js";
import { FormatError } from "./formatError.js";
import { quoted, quotedList } from "./quoted.js";
import type { Column, NumericColumn } from "./table.js";

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
export function fitTarget(column: Column, task: Task | "auto", trainingRows: readonly number[]): TargetRule {
  requireNoneMissing(column);
  const chosen = task === "auto" ? chooseTask(column) : task;
  const rule = chosen === "regression" ? regressionTarget(column) : classTarget(column, chosen);
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
      throw new FormatError(
        `${cell(j, rule.name)}: ${quoted(label)} is none of the classes of the training data, ${quotedList(rule.classes)}`,
      );
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
    const number = chosen === "binary" ? "two" : "two or more";
    throw new OptionError(`${where}.classes must be a list of ${number} different texts, got ${show(classes)}`);
  }
  return { task: chosen, kind: requireName(`${where}.kind`, kind, ["numeric", "categorical"]), ...common, classes };
}

/**
 * The task that a target speaks for. Texts are classes. Numbers are classes only in the two forms in which data sets
 * write labels: 0 and 1, or 0, 1, …, K − 1, each present, with 3 ≤ K ≤ 20. All others are quantities: a rating of 1 to
 * 5, a count, a price.
 */
function chooseTask(column: Column): Task {
  const distinct = new Set<number | string | null>(column.values);
  const first = [...distinct.keys()].slice(0, 2);
  if (distinct.size === 1) throw oneValue(column.name, String(first[0]), "the data");
  if (column.kind === "categorical") return distinct.size === 2 ? "binary" : "multiclass";
  const values = [...distinct].sort((a, b) => Number(a) - Number(b));
  if (values.length <= 20 && values.every((value, i) => value === i)) {
    return values.length === 2 ? "binary" : "multiclass";
  }
  if (values.length === 2) {
    throw new FormatError(
      `column ${quoted(column.name)} has two values, ${values.join(" and ")}; write 0 and 1 if they are classes, ` +
        "or ask for the task regression if they are quantities",
    );
  }
  return "regression";
}

function regressionTarget(column: Column): NumberTarget {
  if (column.kind === "numeric") {
    finiteValues(column);
    return { task: "regression", name: column.name, kind: "numeric" };
  }
  throw new FormatError(
    `${cell(0, column.name)}: ${quoted(column.values[0] ?? "")} is not a number; the task regression needs numbers, ` +
      "the tasks binary and multiclass take texts",
  );
}

function classTarget(column: Column, task: "binary" | "multiclass"): ClassTarget {
  const { name, kind } = column;
  const classes = column.kind === "numeric" ? numericClasses(column, task) : [...new Set(column.values)].sort();
  const names = classes.map(String);
  if (names.length === 1) throw oneValue(name, names[0], "the data");
  requireFewCategories(name, names.length, column.values.length);
  if (task === "binary" && names.length !== 2) {
    throw new FormatError(
      `column ${quoted(name)} has ${names.length} classes, ${quotedList(names)}; ` +
        "the task binary needs two: ask for multiclass",
    );
  }
  return { task, name, kind, classes: names };
}

function numericClasses(column: NumericColumn, task: "binary" | "multiclass"): number[] {
  for (const [i, value] of column.values.entries()) {
    if (task === "binary" ? value !== 0 && value !== 1 : !Number.isSafeInteger(value)) {
      const expected = task === "binary" ? "0 or 1" : "a whole number or a text";
      throw new FormatError(`${cell(i, column.name)}: ${value} is no label for the task ${task}; expected ${expected}`);
    }
  }
  // −0 is 0: a Set holds them to be the same.
  return [...new Set(column.values)].sort((a, b) => a - b);
}

/** A class without a training example, or a constant, cannot be learned. */
function requireVaried(rule: TargetRule, column: Column, trainingRows: readonly number[]): void {
  const seen = new Set<number | string | null>(trainingRows.map((i) => column.values[i]));
  const [first] = seen;
  if (seen.size === 1) throw oneValue(rule.name, String(first), "the training rows");
  if (rule.task === "regression" || seen.size === rule.classes.length) return;
  const present = new Set([...seen].map(String));
  const absent = rule.classes.filter((label) => !present.has(label));
  throw new FormatError(
    `column ${quoted(rule.name)}: no training row has the class ${quotedList(absent)}; ` +
      "ask for a stratified split, or leave the class out",
  );
}

function labels(rule: ClassTarget, column: Column): readonly string[] {
  return rule.kind === "numeric"
    ? Array.from(numbers(column), (value) => String(value))
    : texts(column, rule.classes[0]).map(String);
}

function requireNoneMissing(column: Column): void {
  const missing = column.kind === "numeric" ? column.values.findIndex(Number.isNaN) : column.values.indexOf(null);
  if (missing >= 0) {
    throw new FormatError(`${cell(missing, column.name)}: the target is missing; fill it in, or leave the row out`);
  }
}

function oneValue(name: string, value: string, where: string): FormatError {
  return new FormatError(`column ${quoted(name)} has one value only in ${where}, ${quoted(value)}: nothing to learn`);
}
