import type { DType } from "../array/floatArray.js";
import type { Matrix } from "../array/matrix.js";
import { closest } from "../constraint/closest.js";
import { say } from "../constraint/codedError.js";
import { OptionError } from "../constraint/constraint.js";
import { hasArrayColumns } from "../data/arrayColumns.js";
import { columnNamed } from "../data/columnNamed.js";
import { type Dataset, selectExamples } from "../data/dataset.js";
import { fitWords } from "../data/fitWords.js";
import { type Fold, foldIndices } from "../data/folds.js";
import { FormatError } from "../data/formatError.js";
import { labelledRows, numberedAsWhole } from "../data/labelledRows.js";
import type { Normalizer } from "../data/normalizer.js";
import { type Split, splitIndices } from "../data/split.js";
import type { Table } from "../data/table.js";
import { TableEncoder, taskOf } from "../data/tableEncoder.js";
import type { Network } from "../network/network.js";
import { type ArrayExamples, asTable } from "./arrayExamples.js";
import type { Configuration, DataSpec } from "./configuration.js";
import { decisionThreshold } from "./decisionThreshold.js";
import { type Defaults, defaultsOf, fewestToHoldOut } from "./defaults.js";
import { featureNormalizer, type Part } from "./featureNormalizer.js";
import { embedsCodes } from "./fillLayers.js";
import { memberCount, precisionOf, validationOf } from "./impliedDefaults.js";
import { parseConfiguration } from "./parseConfiguration.js";
import { requireConfiguration } from "./requireConfiguration.js";
import { targetNormalizer } from "./targetNormalizer.js";

/** Examples made ready for training. */
export interface Prepared {
  readonly encoder: TableEncoder;
  /** Fitted on the training examples; none where features stay as they are. */
  readonly normalizer: Normalizer | undefined;
  /** Of a regression: the network learns targets of mean 0 and variance 1, whatever their unit. */
  readonly targetNormalizer: Normalizer | undefined;
  /** Of two classes with costs of mistakes: the second one is predicted where its probability is greater. */
  readonly threshold?: number;
  /** As the table has them, encoded. */
  readonly raw: { readonly train: Dataset; readonly validation?: Dataset };
  /** As the network takes them. */
  readonly train: Dataset;
  /** None where members hold out folds of `train`, or nothing is held out. */
  readonly validation?: Dataset;
  /** Examples of `train` that members hold out: member i the fold i, and begins anew where there are fewer folds. */
  readonly folds?: readonly Fold[];
  /** Rows of the table in each part, from 0; none where `raw.train` has all of them. */
  readonly rows?: Split<ArrayLike<number>>;
}

/** Prepared examples of which one part is held out, for all members alike. */
export interface PreparedSplit extends Prepared {
  readonly raw: { readonly train: Dataset; readonly validation: Dataset };
  readonly validation: Dataset;
}

/**
 * Splits a table or arrays, encodes and normalizes them. Everything learned here is learned from the training rows alone, but for the
 * names of categories and classes.
 *
 * @param examples a table with its target, or arrays X and y
 * @param configuration `data` says how, `network.dtype` in which precision; of a table, at least `data.target` must be given
 * @throws OptionError where no target is named; FormatError for a table that cannot be encoded, or has no column to drop;
 *   ShapeError for arrays that do not fit each other
 *
 * @example
 * import { parseCsv } from "gradproof/csv";
 * import { prepare } from "gradproof/pipeline";
 * const rows = Array.from({ length: 20 }, (_, i) => `${i},${i % 2 === 0 ? "even" : "odd"}`);
 * const { train, validation } = prepare(parseCsv(["x,y", ...rows].join("\n")), { data: { target: "y" }, members: 1 });
 * [train.X.shape, validation?.X.shape]; // => [[1, 16], [1, 4]]
 * const X = Array.from({ length: 20 }, (_, i) => [i, i * i]); // one entry an example
 * prepare({ X, y: X.map((_, i) => i % 2) }, {}).encoder.featureNames; // => ["x0", "x1"]
 */
export function prepare(examples: Table | ArrayExamples, configuration: Configuration): Prepared {
  requireConfiguration("prepare()", configuration);
  const [table, named] = asTable(examples, parseConfiguration(configuration, "prepare()"));
  return prepareKept(withTargets(withoutDropped(table, named), named), named);
}

/** The table without the columns that are to be left out. */
function withoutDropped(table: Table, { data }: Configuration): Table {
  const { drop = [] } = data ?? {};
  if (drop.length === 0) return table;
  const known = table.columns.map(({ name }) => name);
  const missing = drop.find((name) => !known.includes(name));
  if (missing !== undefined) {
    throw new FormatError(say(fitWords, "fit.drop", { column: missing, known, near: closest(missing, known) }));
  }
  return { ...table, columns: table.columns.filter(({ name }) => !drop.includes(name)) };
}

/** The rows that have a target; up to version 3 of configurations every row must have one. */
export function withTargets(table: Table, configuration: Configuration): Table {
  return defaultsOf(configuration).version < 4 ? table : labelledRows(table, targetOf(configuration).target);
}

/**
 * {@link prepare} for a table whose columns to leave out are left out already, as files are read without them, and the rows without a
 * target.
 */
export function prepareKept(table: Table, configuration: Configuration): Prepared {
  const prepared = numberedAsWhole(table, () => prepareTable(table, configuration));
  const threshold = decisionThreshold(configuration, prepared.encoder);
  return threshold === undefined ? prepared : { ...prepared, threshold };
}

function prepareTable(table: Table, configuration: Configuration): Prepared {
  const { seed } = { ...defaultsOf(configuration).data, ...configuration.data };
  const validation = validationOf(configuration);
  // The target is looked at before the encoder is fitted: the split has to know whether there are classes.
  const labels = labelsOf(table, configuration);
  if (validation !== "folds") {
    const rows = splitIndices(table.rows, { validation }, seed, labels);
    return prepareRows(table, configuration, labels === undefined ? rows : withEachClass(rows, labels));
  }
  const members = memberCount(configuration);
  if (members === 1) {
    throw new OptionError(
      "data: validation is folds, of which each member holds out one, and there is one member; give --members 2 or more, or a share",
    );
  }
  const prepared = prepareAll(table, configuration);
  if (table.rows < fewestToHoldOut) return prepared;
  return { ...prepared, folds: foldIndices(table.rows, Math.min(members, table.rows), seed, labels) };
}

/** The split with a training row of each class, though none is left to validate it: a class of one row may have been held out. */
function withEachClass({ train, validation }: Split<Uint32Array>, labels: ArrayLike<unknown>): Split<Uint32Array> {
  const learned = new Set(Array.from(train, (i) => labels[i]));
  const moved = new Set<number>();
  for (const i of validation) {
    if (learned.has(labels[i])) continue;
    learned.add(labels[i]);
    moved.add(i);
  }
  if (moved.size === 0 || moved.size === validation.length) return { train, validation };
  return { train: Uint32Array.of(...train, ...moved).sort(), validation: validation.filter((i) => !moved.has(i)) };
}

/** The class of each row, by which a split is stratified; undefined for a regression. */
export function labelsOf(table: Table, configuration: Configuration): ArrayLike<unknown> | undefined {
  const { target, task } = targetOf(configuration);
  return taskOf(table, { target, task, version: defaultsOf(configuration).version }) === "regression"
    ? undefined
    : table.columns.find(({ name }) => name === target)?.values;
}

/** {@link prepare} for rows that are split already. */
export function prepareRows(table: Table, configuration: Configuration, rows: Split<ArrayLike<number>>): PreparedSplit {
  const encoder = encoderFor(table, configuration, rows.train);
  const data = encoder.encode(table);
  const parts = { train: { data, examples: rows.train }, validation: { data, examples: rows.validation } };
  return { ...prepareParts(encoder, parts, configuration), rows };
}

/** {@link prepare} with all rows for training. */
function prepareAll(table: Table, configuration: Configuration): Prepared {
  const encoder = encoderFor(table, configuration);
  const data = encoder.encode(table);
  const { normalizer, targetNormalizer, dtype } = fitScales(encoder, { data }, configuration);
  const train = networkData(data, { normalizer, targetNormalizer, dtype });
  return { encoder, normalizer, targetNormalizer, raw: { train: data }, train };
}

/** @param rows to train on. Default: all */
function encoderFor(table: Table, configuration: Configuration, rows?: ArrayLike<number>): TableEncoder {
  const { version, network } = defaultsOf(configuration);
  const { target, task, categories, image, id = [], reading = {} } = targetOf(configuration);
  const names = table.columns.map(({ name }) => name);
  // A column whose kind is said is a feature, whatever it looks like.
  const said = [...(reading.categorical ?? []), ...(reading.numeric ?? []), ...(reading.date ?? [])];
  const { layers } = { ...network, ...configuration.network };
  return TableEncoder.fit(table, {
    ...{ target, task, version, embeds: embedsCodes(layers) },
    ...(id.length > 0 && { ids: id }),
    ...(categories && { categories }),
    ...(rows && { rows }),
    // The columns of arrays are known by their number, and each of them is there to stay.
    keep:
      image !== undefined || hasArrayColumns(table) ? "all" : said.flatMap((text) => columnNamed(names, text) ?? []),
  });
}

/** Makes examples ready that are split and encoded already. */
export function prepareParts(encoder: TableEncoder, parts: Split<Part>, configuration: Configuration): PreparedSplit {
  const scales = fitScales(encoder, parts.train, configuration);
  const forNetwork = ({ data, examples }: Part): Dataset => networkData(data, scales, examples);
  const { normalizer, targetNormalizer } = scales;
  return {
    encoder,
    normalizer,
    targetNormalizer,
    raw: rawParts(parts),
    train: forNetwork(parts.train),
    validation: forNetwork(parts.validation),
  };
}

/** How features and targets are scaled, learned from the training examples, and the precision of the network. */
function fitScales(
  encoder: TableEncoder,
  part: Part,
  configuration: Configuration,
): Pick<Prepared, "normalizer" | "targetNormalizer"> & { readonly dtype: DType } {
  return {
    normalizer: featureNormalizer(encoder, part, configuration),
    targetNormalizer: targetNormalizer(encoder, part, configuration),
    dtype: precisionOf(configuration),
  };
}

/** The parts of the data as the table has them: copied only once they are asked for, for training takes none of them. */
function rawParts(parts: Split<Part>): PreparedSplit["raw"] {
  const copies = new Map<"train" | "validation", Dataset>();
  const part = (name: "train" | "validation"): Dataset => {
    const { data, examples } = parts[name];
    if (examples === undefined) return data;
    const copy = copies.get(name) ?? selectExamples(data, examples);
    copies.set(name, copy);
    return copy;
  };
  return {
    get train() {
      return part("train");
    },
    get validation() {
      return part("validation");
    },
  };
}

function targetOf(configuration: Configuration): Defaults["data"] & DataSpec & { target: string } {
  const { target, ...others } = { ...defaultsOf(configuration).data, ...configuration.data };
  if (target === undefined) throw new OptionError("data: target is missing; name the column to predict");
  return { ...others, target };
}

/** Raw data as the network takes it: chosen, normalized and rounded to its precision in one pass. Default: all examples. */
export function networkData(
  { X, Y, ...names }: Dataset,
  {
    normalizer,
    targetNormalizer,
    dtype,
  }: Pick<Prepared, "normalizer" | "targetNormalizer"> & { readonly dtype: DType },
  examples?: ArrayLike<number>,
): Dataset {
  const normalized = (A: Matrix, by: Normalizer | undefined): Matrix => {
    if (by !== undefined) return by.apply(A, { dtype, ...(examples !== undefined && { examples }) });
    if (examples !== undefined) return A.selectColumns(examples, dtype);
    return A.dtype === dtype ? A : A.as(dtype);
  };
  return { ...names, X: normalized(X, normalizer), Y: normalized(Y, targetNormalizer) };
}

/** A class and its number of training examples. */
export interface ClassCount {
  readonly name: string;
  readonly count: number;
}

/** The classes of a training set; none for a regression. */
export function classCounts(encoder: TableEncoder, { Y }: Dataset): ClassCount[] {
  const names = encoder.classNames ?? [];
  const counts = names.map(() => 0);
  for (let j = 0; j < Y.columns; j++) {
    const label = Y.rows === 1 ? Y.data[j] : names.findIndex((_, k) => Y.data[k * Y.columns + j] === 1);
    counts[label]++;
  }
  return names.map((name, k) => ({ name, count: counts[k] }));
}

/** Columns of codes that no layer of the network takes as codes. */
export function codesAsNumbers({ featureKinds, featureNames }: TableEncoder, { program }: Network): string[] {
  const taken = new Set(program.codes.map(({ row }) => row));
  return featureKinds.flatMap((kind, i) => (kind !== "code" || taken.has(i) ? [] : [featureNames[i]]));
}

/** Features that do not vary in the training set. */
export function constantFeatures({ X, featureNames = [] }: Dataset): string[] {
  return featureNames.filter((_, i) => X.rowData(i).every((value) => value === X.data[i * X.columns]));
}
