import type { Matrix } from "../../array/matrix.js";
import { type Dataset, selectExamples } from "../../data/dataset.js";
import type { TableEncoder } from "../../data/tableEncoder.js";
import type { Model } from "../../formats/model.js";
import { predictRaw } from "../../formats/predictModel.js";
import { columnFeatures } from "./columnFeatures.js";
import { dependenceOnColumn, type PartialDependence } from "./dependenceOnColumn.js";
import { type ColumnImportance, importanceOfColumns } from "./importanceOfColumns.js";
import { sampleExamples } from "./sampleExamples.js";

/** What the columns are to a model, as far as its cost allows. */
export interface ExplainedColumns {
  /** The most important first. */
  readonly importance: readonly ColumnImportance[];
  /** Of the strongest; none where the network is too large for it. */
  readonly dependence: readonly PartialDependence[];
  readonly repeats: number;
  /** Rows that were shuffled, of how many. */
  readonly rows: number;
  readonly allRows: number;
  /** Rows over which predictions are averaged. */
  readonly averaged: number;
}

/** Where a model is judged: examples, as raw as the table has them, and what is predicted of them with other features. */
export interface Judged {
  readonly part: Dataset;
  readonly predict: (X: Matrix, examples: ArrayLike<number>) => Matrix;
  /** Networks that predict an example. */
  readonly networks: number;
}

/** Multiplications that each of the two may take: about two seconds of one core. */
const BUDGET = 2e9;

const REPEATS = 5;
const MOST_ROWS = 2000;
const FEWEST_ROWS = 100;
const DEPENDENT = 4;
const VALUES = 20;
const MOST_AVERAGED = 500;
const FEWEST_AVERAGED = 20;

/**
 * {@link permutationImportance} of all columns and {@link partialDependence} of the strongest, on so many examples as a fixed amount of
 * work allows. Undefined where it allows too few: a table of thousands of columns.
 */
export function explainColumns(
  model: Model & { readonly encoder: TableEncoder },
  { part, predict, networks }: Judged,
  seed: number,
): ExplainedColumns | undefined {
  const { network, members = [network], encoder } = model;
  const columns = columnFeatures(encoder.features);
  const size = network.theta.length;
  const allRows = part.X.columns;
  const affordable = Math.floor(BUDGET / (size * networks * columns.length * REPEATS));
  if (affordable < Math.min(FEWEST_ROWS, allRows)) return undefined;
  const examples = sampleExamples(allRows, Math.min(affordable, MOST_ROWS), seed);
  const options = { task: encoder.task, repeats: REPEATS, seed };
  const importance = importanceOfColumns((X) => predict(X, examples), selectExamples(part, examples), columns, options);
  const averaged = Math.floor(BUDGET / (size * members.length * DEPENDENT * VALUES));
  const X = part.X.selectColumns(sampleExamples(allRows, Math.min(averaged, MOST_AVERAGED), seed));
  const strongest = averaged < FEWEST_AVERAGED ? [] : importance.slice(0, DEPENDENT);
  const drawn = strongest.flatMap(({ name }) => columns.filter(({ rule }) => rule.name === name));
  return {
    importance,
    // A column without any value has no course.
    dependence: drawn
      .map((column) => dependenceOnColumn((A) => predictRaw(model, A), X, column, VALUES))
      .filter(({ values }) => values.length > 0),
    repeats: REPEATS,
    rows: examples.length,
    allRows,
    averaged: X.columns,
  };
}
