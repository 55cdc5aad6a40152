import type { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { ShapeError } from "../array/shapeError.js";
import { requireList } from "../constraint/kinds.js";
import type { At, DropoutMask } from "../ops/op.js";
import { viewOf } from "./layout.js";
import type { Network } from "./network.js";
import type { Step } from "./program.js";
import { requireCodes, requireKeptCodes } from "./requireCodes.js";
import { requireNetwork } from "./requireNetwork.js";

/** Masks by layer: index 0 for the inputs, l for hidden layer l; undefined where every unit is kept. */
export type DropoutMasks = readonly (DropoutMask | undefined)[];

/** What backward needs of a forward pass. Index l is layer l, from 1; A[0] is X, after its mask. */
export interface Cache {
  readonly Z: readonly Matrix[];
  /** After their masks. */
  readonly A: readonly Matrix[];
  readonly masks: DropoutMasks;
  /** Every value of the program, rows × examples. */
  readonly values: readonly Matrix[];
  /** What operations left for backward, step by step. */
  readonly caches: readonly (readonly Matrix[])[];
}

/** Result of a forward pass. */
export interface Forward {
  /** A[L], units × examples. */
  readonly output: Matrix;
  readonly cache: Cache;
}

/**
 * The forward pass, straight from the equations: `Z[l] = W[l] A[l−1] + b[l]`, `A[l] = g[l](Z[l])`, `A[0] = X`; with
 * dropout `A[l] := A[l] ∘ D[l] / keep[l]`.
 *
 * It walks the network's program, allocates freely and is read more than it is run: the faster engines are measured against it.
 *
 * @param X features × examples
 * @param masks dropout masks, for training only
 * @throws ShapeError when X does not have the network's number of features
 *
 * @example
 * import { dense, forward, Matrix, networkWith } from "gradproof";
 * const model = networkWith({ inputs: 2, layers: [dense(1, "relu")] }, Float64Array.of(1, -1, 0.5));
 * forward(model, Matrix.from([[3, 1], [1, 3]])).output.toArray(); // => [[2.5, 0]]
 */
export function forward(network: Network, X: Matrix, masks: DropoutMasks = []): Forward {
  requireNetwork("forward(): network", network);
  requireMatrix("forward(): X", X);
  requireList("forward(): masks", masks);
  if (X.rows !== network.spec.inputs) {
    throw new ShapeError(
      `forward(): the network takes ${network.spec.inputs} features, got a ${X.rows} × ${X.columns} matrix; ` +
        "features are rows, examples are columns",
    );
  }
  requireCodes("forward(): X", network, X);
  requireKeptCodes("forward(): a mask of the features", network, masks[0] !== undefined);
  const { steps, unitLayers, output } = network.program;
  const values: Matrix[] = [X];
  const caches: (readonly Matrix[])[] = [];
  for (const step of steps) {
    const inputs = step.inputs.map((value) => values[value]);
    const { outputs, cache = [] } = step.operation.forward(inputs, at(network, step, masks));
    for (const [k, value] of step.outputs.entries()) values[value] = outputs[k];
    caches.push(cache);
  }
  const Z = [X, ...unitLayers.map(({ activation }) => values[activation.inputs[0]])];
  const A = unitLayers.map(({ sums }) => values[sums.inputs[0]]); // what a layer reads is what the one below hands on
  return { output: values[output], cache: { Z, A: [...A, values[output]], masks, values, caches } };
}

/** What a step works with beside its inputs. */
export function at(network: Network, { options, parameters, state, site }: Step, masks: DropoutMasks): At {
  return {
    options,
    parameters: parameters.map((window) => viewOf(window, network.theta)),
    state: state.map((window) => viewOf(window, network.state)),
    training: masks.length > 0,
    mask: site === undefined ? undefined : masks[site],
  };
}
