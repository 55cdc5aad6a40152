import type { Matrix } from "../../array/matrix.js";
import { OptionError } from "../../constraint/constraint.js";
import type { Dataset } from "../../data/dataset.js";
import type { NormalizerJson } from "../../data/normalizerJson.js";
import { indented, type Line, wrapped } from "../../ops/text/lines.js";
import { pythonNumber, pythonString } from "../../ops/text/python.js";
import type { SourcedData } from "../dataToExport.js";
import { mostNumbers } from "../mostNumbers.js";
import type { PreparedRun } from "../preparedRun.js";

const width = 108;

/** The functions that hold the examples. */
export function dataFunctions(where: string, run: PreparedRun): Line[] {
  const { data, validation, normalizer } = run;
  const dtype = run.network.dtype === "float32" ? "np.float32" : "float";
  return [
    ...dataFunction(where, "training_data", data, run, dtype),
    ...(validation === undefined ? [] : ["", "", ...dataFunction(where, "validation_data", validation, run, dtype)]),
    ...(normalizer === undefined
      ? []
      : ["", "", "def normalized(X):", ...indented(normalization(normalizer.toJSON()))]),
  ];
}

function dataFunction(
  where: string,
  name: string,
  { data, call }: SourcedData,
  run: PreparedRun,
  dtype: string,
): Line[] {
  const { X, Y, featureNames, classNames } = data;
  if (X.data.length + Y.data.length > mostNumbers) {
    throw new OptionError(
      `${where}: the ${name.replace("_", " ")} is ${X.rows + Y.rows} × ${X.columns} numbers; a program can hold ` +
        `${mostNumbers}, so give fewer examples`,
    );
  }
  const source =
    call === undefined ? "The examples" : `The examples of gradproof's ${call.generator}(${optionsText(call.options)})`;
  const normalize = run.normalizer === undefined ? "" : "X = normalized(X)";
  return [
    `def ${name}():`,
    ...indented([
      `"""${source}, one a column."""`,
      "X = np.array([",
      ...indented(rows(X, (i) => featureNames?.[i])),
      `], dtype=${dtype})  # (${X.rows} × ${X.columns})`,
      ...targets(data, classNames, dtype),
      ...(normalize === ""
        ? []
        : [run.network.dtype === "float32" ? "X = normalized(X).astype(np.float32)" : normalize]),
      "return X, Y",
    ]),
  ];
}

function targets({ Y }: Dataset, classNames: readonly string[] | undefined, dtype: string): Line[] {
  const names = classNames?.map(pythonString).join(", ");
  const heading: Line[] = names === undefined ? [] : [`# Classes: ${names}`];
  const labels = Y.rows > 1 ? oneHotLabels(Y) : undefined;
  if (labels === undefined) {
    return [
      ...heading,
      "Y = np.array([",
      ...indented(rows(Y, () => undefined)),
      `], dtype=${dtype})  # (${Y.rows} × ${Y.columns})`,
    ];
  }
  return [
    ...heading,
    "labels = np.array([",
    ...indented(wrapped(labels.map(String), width)),
    "])",
    [`Y = np.eye(${Y.rows}, dtype=${dtype})[:, labels]`, `one-hot (${Y.rows} × ${Y.columns})`],
  ];
}

/** The class of each example; undefined where a column is not one-hot. */
function oneHotLabels(Y: Matrix): number[] | undefined {
  const labels: number[] = [];
  for (let j = 0; j < Y.columns; j++) {
    const column = Array.from({ length: Y.rows }, (_, k) => Y.get(k, j));
    if (column.filter((y) => y === 1).length !== 1 || column.some((y) => y !== 0 && y !== 1)) return undefined;
    labels.push(column.indexOf(1));
  }
  return labels;
}

function rows(A: Matrix, nameOf: (row: number) => string | undefined): Line[] {
  return Array.from({ length: A.rows }, (_, i): Line[] => {
    const name = nameOf(i);
    const numbers = wrapped(Array.from(A.rowData(i), pythonNumber), width);
    return [
      ...(name === undefined ? [] : [`# ${pythonString(name)}`]),
      ...(numbers.length === 1 ? [`[${numbers[0]}],`] : ["[", ...indented(numbers), "],"]),
    ];
  }).flat();
}

function normalization(json: NormalizerJson): Line[] {
  if ("mean" in json) {
    return [
      '"""Mean 0 and variance 1 by the mean and variance of the training set."""',
      ...column("mean", json.mean.map(pythonNumber)),
      ...column("variance", json.variance.map(pythonNumber)),
      "return (X - mean) / np.where(variance == 0, 1, np.sqrt(variance))",
    ];
  }
  return [
    '"""Median 0 and quartiles 1 apart by the training set, numbers clipped smoothly; 0 and 1 and codes as they are."""',
    ...column("center", json.center.map(pythonNumber)),
    ...column("scale", json.scale.map(pythonNumber)),
    ...column(
      "clip",
      json.clip.map((clipped) => (clipped ? "True" : "False")),
    ),
    "u = (X - center) / scale",
    "near = np.clip(u, -1e9, 1e9)",
    "return np.where(clip, near / np.sqrt(1 + (near / 3) ** 2), u)",
  ];
}

/** One value a feature, as a column. */
function column(name: string, values: readonly string[]): Line[] {
  const lines = wrapped(values, width);
  if (lines.length === 1) return [`${name} = np.array([[${lines[0]}]]).T`];
  return [`${name} = np.array([[`, ...indented(lines), "]]).T"];
}

function optionsText(options: object = {}): string {
  const entries = Object.entries(options).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return entries.length === 0 ? "" : `{ ${entries.join(", ")} }`;
}
