import { Matrix } from "../array/matrix.js";
import { requireLabels } from "./requireLabels.js";
import { rocAuc } from "./rocAuc.js";

/**
 * Mean over the classes of the area under the ROC curve of each against the rest (macro average, one versus rest). A class that no
 * example has, or every one, is left out.
 *
 * @param P probabilities or scores, classes × examples
 * @param Y one-hot labels of the same shape
 * @returns 0 … 1, 0.5 is chance; NaN where no class is left
 * @throws ShapeError when the shapes differ or there are no examples; RangeError when a column of Y is not one-hot
 * @see scikit-learn, `roc_auc_score` with `multi_class="ovr"`
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { macroRocAuc } from "gradproof/metrics";
 * const P = Matrix.from([[0.7, 0.2, 0.3], [0.2, 0.5, 0.4], [0.1, 0.3, 0.3]]);
 * const Y = Matrix.from([[1, 0, 0], [0, 1, 0], [0, 0, 1]]);
 * macroRocAuc(P, Y); // => 0.9166666666666666
 */
export function macroRocAuc(P: Matrix, Y: Matrix): number {
  requireLabels("macroRocAuc", P, Y);
  const areas: number[] = [];
  for (let k = 0; k < Y.rows; k++) {
    const [scores, labels] = [Matrix.row(P.rowData(k)), Matrix.row(Y.rowData(k))];
    if (labels.data.includes(1) && labels.data.includes(0)) areas.push(rocAuc(scores, labels));
  }
  return areas.reduce((sum, area) => sum + area, 0) / areas.length;
}
