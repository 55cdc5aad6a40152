import { Matrix } from "../array/matrix.js";
import { ShapeError } from "../array/shapeError.js";
import { requireFunction, requireRecord } from "../constraint/kinds.js";
import { type Dataset, exampleCount, type Task } from "../data/dataset.js";
import { Predictor } from "../engine/predict.js";
import { type ClassificationMetrics, type RegressionMetrics, summarize } from "../metrics/summarize.js";
import { lossOf } from "../network/loss.js";
import type { Network } from "../network/network.js";
import { requireCodes } from "../network/requireCodes.js";
import { requireNetwork } from "../network/requireNetwork.js";

/** Cost and metrics of a network on a dataset; which metrics are there depends on the task. */
export interface Evaluation extends Partial<ClassificationMetrics>, Partial<RegressionMetrics> {
  /** Data cost: the mean loss over the examples, without penalty or weights. */
  readonly cost: number;
}

/**
 * The task a network is built for, told by its loss: `binary`, `multiclass` or `regression`.
 *
 * @example
 * import { dense, network, taskOf } from "gradproof";
 * taskOf(network({ inputs: 2, layers: [dense(3, "softmax")] })); // => "multiclass"
 */
export function taskOf(network: Network): Task {
  requireNetwork("taskOf(): network", network);
  return network.loss.task;
}

/**
 * Cost and metrics of a network on data, without dropout.
 *
 * Two classes (sigmoid): accuracy, precision, recall, f1, rocAuc, prAuc. Several classes (softmax): accuracy and the
 * macro averages. Numbers: mse, r2. Several sigmoid units are judged together, each unit of each example one decision.
 *
 * @param options threshold: predict class 1 where the probability is greater; default 0.5
 * @throws ShapeError when the data does not fit the network
 *
 * @example
 * import { dense, evaluate, Matrix, networkWith } from "gradproof";
 * const model = networkWith({ inputs: 1, layers: [dense(1, "sigmoid")] }, Float64Array.of(4, 0));
 * const data = { X: Matrix.row([-2, -1, 1, 2]), Y: Matrix.row([0, 1, 1, 1]) };
 * evaluate(model, data).accuracy; // => 0.75
 */
export function evaluate(
  network: Network,
  data: Dataset,
  options: { readonly threshold?: number | undefined } = {},
): Evaluation {
  requireTargets(network, data);
  requireRecord("evaluate(): options", options);
  const predictor = new Predictor(network, { examples: data.X.columns });
  try {
    return evaluateWith(predictor, network, data, options);
  } finally {
    predictor.release();
  }
}

/**
 * `evaluate` on a workspace made beforehand and data checked beforehand.
 *
 * @example
 * import { dense, Matrix, networkWith, Predictor } from "gradproof";
 * import { evaluateWith } from "gradproof/training";
 * const model = networkWith({ inputs: 1, layers: [dense(1, "sigmoid")] }, Float64Array.of(4, 0));
 * const data = { X: Matrix.row([-2, -1, 1, 2]), Y: Matrix.row([0, 1, 1, 1]) };
 * const predictor = new Predictor(model, { examples: 4 });
 * evaluateWith(predictor, model, data).accuracy; // => 0.75
 * predictor.release();
 */
export function evaluateWith(
  predictor: Predictor,
  network: Network,
  data: Dataset,
  options: { readonly threshold?: number | undefined } = {},
): Evaluation {
  const { evaluate } = requireRecord("evaluateWith(): predictor", predictor, "a Predictor");
  requireFunction("evaluateWith(): predictor.evaluate", evaluate, "a method, as a Predictor has it");
  exampleCount(data, "evaluateWith(): data");
  const { P, dataCost } = predictor.evaluate(data.X, data.Y); // (outputs × examples)
  return { cost: dataCost, ...metricsOf(P, data.Y, taskOf(network), options) };
}

/** Metrics of outputs A[L] beside the targets, both outputs × examples. */
export function metricsOf(
  P: Matrix,
  Y: Matrix,
  task: Task,
  options: { readonly threshold?: number | undefined } = {},
): Omit<Evaluation, "cost"> {
  // Several sigmoid units: one row of decisions.
  const flat = task === "binary" && P.rows > 1;
  const [scores, labels] = flat ? [asRow(P), asRow(Y)] : [P, Y];
  return summarize(scores, labels, task, options);
}

/** Throws where X or Y do not fit the network, a target is not one of its loss's, or a feature is not finite. */
export function requireTargets(network: Network, data: Dataset, name = "data"): void {
  requireNetwork("network", network);
  const m = exampleCount(data, name);
  const outputs = network.program.outputs;
  if (m === 0) throw new ShapeError(`${name}: there are no examples (columns)`);
  if (data.X.rows !== network.spec.inputs || data.Y.rows !== outputs) {
    throw new ShapeError(
      `${name}: the network takes ${network.spec.inputs} features and gives ${outputs} outputs; ` +
        `X is ${data.X.rows} × ${m} and Y is ${data.Y.rows} × ${m} (examples are columns)`,
    );
  }
  for (let k = 0; k < data.X.data.length; k++) {
    if (!Number.isFinite(data.X.data[k])) {
      const feature = data.featureNames?.[Math.floor(k / m)] ?? `feature ${Math.floor(k / m)}`;
      throw new RangeError(`${name}: ${feature} of example ${k % m} is ${data.X.data[k]}; remove or replace it`);
    }
  }
  requireCodes(name, network, data.X, data.featureNames);
  for (let j = 0; j < m; j++) {
    const complaint = lossOf(network).complaint(data.Y, j);
    if (complaint !== undefined) throw new RangeError(`${name}: example ${j}: ${complaint}`);
  }
}

function asRow(A: Matrix): Matrix {
  return new Matrix(1, A.data.length, A.data);
}
