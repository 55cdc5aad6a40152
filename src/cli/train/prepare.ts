import type { DType } from "../../array/floatArray.js";
import type { Matrix } from "../../array/matrix.js";
import { type Dataset, selectExamples } from "../../data/dataset.js";
import { Normalizer } from "../../data/normalizer.js";
import { type Split, splitIndices } from "../../data/split.js";
import type { Table } from "../../data/table.js";
import { TableEncoder } from "../../data/tableEncoder.js";
import { imageNormalizer } from "./images.js";
import type { ChosenConfig } from "./plan.js";

/** A table made ready for training. */
export interface Prepared {
  readonly encoder: TableEncoder;
  readonly normalizer: Normalizer | undefined;
  /** Of a regression: the network learns targets of mean 0 and variance 1, whatever their unit. */
  readonly targetNormalizer: Normalizer | undefined;
  /** As the table has them, encoded. */
  readonly raw: { readonly train: Dataset; readonly validation: Dataset };
  /** As the network takes them. */
  readonly train: Dataset;
  readonly validation: Dataset;
}

/**
 * Splits a table, encodes and normalizes it. Everything learned here is learned from the training rows alone, but for the
 * names of categories and classes.
 */
export function prepare(table: Table, config: ChosenConfig): Prepared {
  const { validation: share, seed } = config;
  // The encoder is fitted twice: the split has to know whether there are classes, and its means which rows to train on.
  return prepareRows(table, config, splitIndices(table.rows, { validation: share }, seed, labelsOf(table, config)));
}

/** The class of each row, by which a split is stratified; undefined for a regression. */
export function labelsOf(table: Table, { target, task }: ChosenConfig): ArrayLike<unknown> | undefined {
  const { task: found } = TableEncoder.fit(table, { target, task });
  return found === "regression" ? undefined : table.columns.find(({ name }) => name === target)?.values;
}

/** {@link prepare} for rows that are split already. */
export function prepareRows(table: Table, config: ChosenConfig, rows: Split<ArrayLike<number>>): Prepared {
  const { target, task } = config;
  const encoder = TableEncoder.fit(table, { target, task, rows: rows.train });
  const data = encoder.encode(table);
  const raw = { train: selectExamples(data, rows.train), validation: selectExamples(data, rows.validation) };
  const normalizer = config.normalize ? fitNormalizer(raw.train.X, config.image) : undefined;
  const targetNormalizer = encoder.task === "regression" ? Normalizer.fit(raw.train.Y) : undefined;
  const forNetwork = (part: Dataset): Dataset =>
    networkData(part, { normalizer, targetNormalizer, dtype: config.dtype });
  return {
    encoder,
    normalizer,
    targetNormalizer,
    raw,
    train: forNetwork(raw.train),
    validation: forNetwork(raw.validation),
  };
}

function fitNormalizer(X: Matrix, image: string | undefined): Normalizer {
  return image === undefined ? Normalizer.fit(X) : imageNormalizer(X, image);
}

/** Raw data as the network takes it. */
export function networkData(
  { X, Y, ...names }: Dataset,
  {
    normalizer,
    targetNormalizer,
    dtype,
  }: Pick<Prepared, "normalizer" | "targetNormalizer"> & { readonly dtype: DType },
): Dataset {
  const normalized = (A: Matrix, by: Normalizer | undefined): Matrix => {
    const values = by === undefined ? A : by.apply(A);
    return values.dtype === dtype ? values : values.as(dtype);
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

/** Features that do not vary in the training set. */
export function constantFeatures({ X, featureNames = [] }: Dataset): string[] {
  return featureNames.filter((_, i) => X.rowData(i).every((value) => value === X.data[i * X.columns]));
}
