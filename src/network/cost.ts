import type { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { ShapeError } from "../array/shapeError.js";
import { requireList, requireRecord } from "../constraint/kinds.js";
import type { Forward } from "./forward.js";
import { lossOf } from "./loss.js";
import type { Network } from "./network.js";
import { type PenaltyOptions, penaltyCost, penaltyOf } from "./penalty.js";
import { requireNetwork } from "./requireNetwork.js";

/** What belongs to the cost beside the network's loss. */
export interface CostOptions extends PenaltyOptions {
  /** m of the penalties: size of the training set. Default: the examples given. */
  readonly trainingExamples?: number;
  /** Weight of each example, 1 × examples. Default 1. */
  readonly weights?: Matrix;
}

/** The cost and its two parts. */
export interface Cost {
  /** dataCost + penalty */
  readonly cost: number;
  /** (1/m) Σⱼ wⱼ ℓⱼ */
  readonly dataCost: number;
  /** (λ₁/m) Σ|W[l]| + (λ₂/2m) Σ‖W[l]‖² */
  readonly penalty: number;
}

/**
 * The cost after a forward pass: `J = (1/m) Σⱼ wⱼ ℓⱼ + (λ₁/m) Σₗ |W[l]| + (λ₂/2m) Σₗ ‖W[l]‖²`, with ℓⱼ the loss of example j
 * computed from the logits, λ₁ and λ₂ the options l1 and l2. Weights are penalized, biases never. Of members that share weights
 * ℓⱼ is the mean of their losses.
 *
 * @param Y targets, outputs × examples
 * @throws ShapeError when Y or the example weights do not fit the outputs
 *
 * @example
 * import { cost, dense, forward, Matrix, networkWith } from "gradproof";
 * const model = networkWith({ inputs: 1, layers: [dense(1, "linear")] }, Float64Array.of(2, 0)); // a = 2x
 * const X = Matrix.row([1, 2]);
 * const Y = Matrix.row([2, 6]); // errors 0 and -2
 * cost(model, forward(model, X), Y, { l2: 0.5 }); // => { cost: 2.5, dataCost: 2, penalty: 0.5 }
 */
export function cost(network: Network, pass: Forward, Y: Matrix, options: CostOptions = {}): Cost {
  requireNetwork("cost(): network", network);
  requireRecord("cost(): pass", pass, "what forward() gives");
  requireRecord("cost(): pass.cache", pass.cache);
  requireList("cost(): pass.cache", pass.cache.values);
  requireMatrix("cost(): Y", Y);
  requireRecord("cost(): options", options);
  const { output, cache } = pass;
  const { program } = network;
  requireTargets("cost()", output, Y, options.weights);
  return costOf(network, cache.values[program.logits], cache.values[program.output], Y, options);
}

/** The cost of logits Z and outputs A, both units × examples, of each member. */
export function costOf(network: Network, Z: Matrix, A: Matrix, Y: Matrix, options: CostOptions): Cost {
  return costFrom(network, lossOf(network).perExample(Z, A, Y), options);
}

/** The cost where each example costs what `perExample` says, 1 × examples. */
export function costFrom(network: Network, perExample: Matrix, options: CostOptions): Cost {
  const examples = perExample.columns;
  const { trainingExamples = examples, weights } = options;
  let total = 0;
  for (let j = 0; j < examples; j++) total += perExample.data[j] * (weights?.data[j] ?? 1);
  const dataCost = total / examples;
  const penalty = penaltyCost(network, penaltyOf(network, options, trainingExamples, "cost()"));
  return { cost: dataCost + penalty, dataCost, penalty };
}

/** Throws where the targets or the weights of the examples do not fit the outputs, or those of one of the members. */
export function requireTargets(where: string, output: Matrix, Y: Matrix, weights?: Matrix, members = 1): void {
  requireMatrix(`${where}: the output`, output);
  const outputs = output.rows / members;
  if (Y.rows !== outputs || Y.columns !== output.columns) {
    throw new ShapeError(
      `${where}: the network gives ${outputs} × ${output.columns} outputs, the targets Y are ${Y.rows} × ${Y.columns}`,
    );
  }
  if (weights !== undefined && (weights.rows !== 1 || weights.columns !== Y.columns)) {
    throw new ShapeError(
      `${where}: ${Y.columns} examples need a 1 × ${Y.columns} matrix of weights, got ${weights.rows} × ${weights.columns}`,
    );
  }
}
