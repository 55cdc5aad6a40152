import { Matrix } from "../array/matrix.js";
import type { Model } from "../formats/model.js";
import { bootstrapIntervals, type Interval } from "../metrics/bootstrapIntervals.js";
import { logLossOf } from "../metrics/logLoss.js";
import { type ClassCounts, macroOf, macroScores } from "../metrics/macroAverage.js";
import { macroRocAuc } from "../metrics/macroRocAuc.js";
import { predictedClasses } from "../metrics/predictedClasses.js";
import type { HeldOut } from "./heldOut.js";
import { judged, type PartMetrics } from "./measure.js";

/** Of more classes, 200 times as many sorts as classes take seconds. */
const mostAreas = 10;

/**
 * 95 % intervals of the metrics of held-out predictions; see `bootstrapIntervals`. The cost has none, since it is not of predictions
 * alone; nor has the area under the curves of more than 10 classes, which takes too long.
 */
export function intervalsOf(
  { P, part: { Y } }: Pick<HeldOut, "P" | "part">,
  { network, threshold }: Pick<Model, "network" | "threshold">,
): Readonly<Record<string, Interval | undefined>> {
  const { task } = network.loss;
  if (task === "multiclass") return intervalsOfClasses(P, Y);
  return bootstrapIntervals(P, Y, (drawn, labels) => judged(drawn, labels, task, threshold));
}

/**
 * What `judged` gives, with what is the same in every draw computed once: each example's class, predicted class and loss. A draw of
 * 2,000 examples of 300 classes is then 4,000 numbers and not 1,200,000.
 *
 * @param P probabilities, classes × examples
 * @param Y one-hot labels of the same shape
 */
function intervalsOfClasses(P: Matrix, Y: Matrix): Readonly<Record<string, Interval | undefined>> {
  const [classes, m] = [P.rows, P.columns];
  const actual = predictedClasses(Y); // one-hot: the class itself
  const losses = actual.map((k, j) => logLossOf(P.data[k * m + j]));
  const areas = classes <= mostAreas;
  const facts = stacked([predictedClasses(P), losses], areas ? P : undefined);
  const labels = stacked([actual, new Float64Array(m)], areas ? Y : undefined);
  return bootstrapIntervals(facts, labels, (drawn, truth): PartMetrics => {
    const metrics = metricsOfClasses(drawn.rowData(0), drawn.rowData(1), truth.rowData(0), classes);
    const rocAuc = areas ? macroRocAuc(below(drawn), below(truth)) : Number.NaN;
    return Number.isNaN(rocAuc) ? metrics : { ...metrics, rocAuc };
  });
}

/** Rows of numbers, and below them those of a matrix. */
function stacked(rows: readonly ArrayLike<number>[], below: Matrix | undefined): Matrix {
  const m = rows[0].length;
  const result = Matrix.zeros(rows.length + (below?.rows ?? 0), m);
  for (const [i, row] of rows.entries()) result.data.set(row, i * m);
  if (below !== undefined) result.data.set(below.data, rows.length * m);
  return result;
}

/** All but the first two rows. */
function below({ rows, columns, data }: Matrix): Matrix {
  return new Matrix(rows - 2, columns, data.subarray(2 * columns));
}

function metricsOfClasses(
  predicted: ArrayLike<number>,
  losses: ArrayLike<number>,
  actual: ArrayLike<number>,
  classes: number,
): PartMetrics {
  const m = actual.length;
  const counts: { -readonly [Name in keyof ClassCounts]: number }[] = Array.from({ length: classes }, () => ({
    truePositives: 0,
    falsePositives: 0,
    falseNegatives: 0,
  }));
  let loss = 0;
  let right = 0;
  for (let j = 0; j < m; j++) {
    loss += losses[j];
    if (predicted[j] === actual[j]) {
      right++;
      counts[actual[j]].truePositives++;
    } else {
      counts[predicted[j]].falsePositives++;
      counts[actual[j]].falseNegatives++;
    }
  }
  return {
    logLoss: loss / m,
    accuracy: right / m,
    precision: macroOf(counts, macroScores.precision),
    recall: macroOf(counts, macroScores.recall),
    f1: macroOf(counts, macroScores.f1),
  };
}
