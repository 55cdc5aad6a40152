import { Matrix } from "../array/matrix.js";
import { ShapeError } from "../array/shapeError.js";

/** What several networks predict, outputs × examples. */
export interface MembersPrediction {
  readonly mean: Matrix;
  /** Standard deviation among the members, √((1/k) Σ (a − mean)²). */
  readonly spread: Matrix;
}

/** Mean and standard deviation of predictions, entry by entry, in the order of the members. */
export function meanAndSpread(predictions: readonly Matrix[]): MembersPrediction {
  const [{ rows, columns, dtype }] = predictions;
  const mean = Matrix.zeros(rows, columns, dtype);
  const spread = Matrix.zeros(rows, columns, dtype);
  for (const P of predictions) {
    if (P.rows !== rows) throw new ShapeError(`the members give ${rows} and ${P.rows} outputs; they must give as many`);
  }
  const k = predictions.length;
  for (let i = 0; i < mean.data.length; i++) {
    let sum = 0;
    for (const { data } of predictions) sum += data[i];
    let squares = 0;
    for (const { data } of predictions) squares += (data[i] - sum / k) ** 2;
    mean.data[i] = sum / k;
    spread.data[i] = Math.sqrt(squares / k);
  }
  return { mean, spread };
}
