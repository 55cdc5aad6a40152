import type { TablePredictions } from "../../formats/model.js";

/** Cells of a table that is written. */
export type Row = readonly (string | number | null)[];

/** Predictions as columns. */
export interface PredictionColumns {
  readonly header: readonly string[];
  /** The cells of a row, by its number from 0. */
  readonly row: (j: number) => Row;
}

/** Probability and label; label and each class's probability; or the number. Of an ensemble, the spread of the first beside it. */
export function predictionColumns({ outputs, spread, classNames, labels }: TablePredictions): PredictionColumns {
  const spreadOf = (row: number, j: number): number[] => (spread === undefined ? [] : [spread.get(row, j)]);
  const beside = spread === undefined ? [] : ["spread"];
  if (labels === undefined || classNames === undefined) {
    return { header: ["prediction", ...beside], row: (j) => [outputs.get(0, j), ...spreadOf(0, j)] };
  }
  if (outputs.rows === 1) {
    return {
      header: ["probability", ...beside, "label"],
      row: (j) => [outputs.get(0, j), ...spreadOf(0, j), labels[j]],
    };
  }
  return {
    header: ["probability", ...beside, "label", ...classNames.map((name) => `probability of ${name}`)],
    row: (j) => {
      const probabilities = classNames.map((_, k) => outputs.get(k, j));
      const largest = Math.max(...probabilities);
      return [largest, ...spreadOf(probabilities.indexOf(largest), j), labels[j], ...probabilities];
    },
  };
}
