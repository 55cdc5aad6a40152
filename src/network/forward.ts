import type { FloatArray } from "../array/floatArray.js";
import { Matrix } from "../array/matrix.js";
import { requireMatrix } from "../array/requireMatrix.js";
import { ShapeError } from "../array/shapeError.js";
import { OptionError } from "../constraint/constraint.js";
import { requireList, requireRecord } from "../constraint/kinds.js";
import type { Value } from "../ops/layer/layer.js";
import type { Network } from "./network.js";
import type { PassOptions } from "./passOptions.js";
import type { Step } from "./program.js";
import { requireBatch } from "./requireBatch.js";
import { requireCodes, requireKeptCodes } from "./requireCodes.js";
import { requireNetwork } from "./requireNetwork.js";
import { type Walked, walkForward } from "./steps.js";

/** What backward needs of a forward pass. Index l is the l-th layer of units, from 1; A[0] is X, after its mask. */
export interface Cache extends Walked {
  readonly Z: readonly Matrix[];
  /** After their masks. */
  readonly A: readonly Matrix[];
}

/** Result of a forward pass. */
export interface Forward {
  /** A[L], outputs × examples; of several members the mean of theirs. */
  readonly output: Matrix;
  readonly cache: Cache;
  /** What the network is to keep, such as running averages, once a step of training is made; else `network.state` itself. */
  readonly state: FloatArray;
}

/**
 * The forward pass, straight from the equations: `Z[l] = W[l] A[l−1] + b[l]`, `A[l] = g[l](Z[l])`, `A[0] = X`; with
 * dropout `A[l] := A[l] ∘ D[l] / keep[l]`.
 *
 * It walks the network's program, allocates freely and is read more than it is run: the faster engines are measured against it.
 * The network stays as it is, also in a pass of training: what that would change of running averages is in `state`.
 *
 * @param X features × examples
 * @param options `training`: a pass of training, with its dropout `masks`; default prediction
 * @throws ShapeError when X does not have the network's number of features; OptionError for masks without training, and for a
 *   batch of training that is too small for a layer
 *
 * @example
 * import { dense, forward, Matrix, networkWith } from "gradproof";
 * const model = networkWith({ inputs: 2, layers: [dense(1, "relu")] }, Float64Array.of(1, -1, 0.5));
 * forward(model, Matrix.from([[3, 1], [1, 3]])).output.toArray(); // => [[2.5, 0]]
 */
export function forward(network: Network, X: Matrix, options: PassOptions = {}): Forward {
  requireNetwork("forward(): network", network);
  requireMatrix("forward(): X", X);
  requireRecord("forward(): options", options, "{ training, masks }");
  const { training = false, masks = [] } = options;
  requireList("forward(): masks", masks);
  if (!training && masks.length > 0) {
    throw new OptionError("forward(): dropout masks are of training: give { training: true, masks }");
  }
  if (X.rows !== network.spec.inputs) {
    throw new ShapeError(
      `forward(): the network takes ${network.spec.inputs} features, got a ${X.rows} × ${X.columns} matrix; ` +
        "features are rows, examples are columns",
    );
  }
  if (training) requireBatch("forward()", network.program, X.columns);
  requireCodes("forward(): X", network, X);
  requireKeptCodes("forward(): a mask of the features", network, masks[0] !== undefined);
  const pass = { training, masks };
  const { steps, unitLayers, output, members } = network.program;
  const { values, caches, state } = walkForward(network, X, pass);
  const Z = [X, ...unitLayers.map(({ activation }) => values[activation.inputs[0]])];
  const A = [0, ...unitLayers.map(({ activation }) => activation.outputs[0])].map(
    (value) => values[masked(steps, value)],
  );
  return {
    output: meanOfMembers(values[output], members),
    cache: { Z, A, pass, values, caches },
    state,
  };
}

/** The mean of the members' rows. */
function meanOfMembers(A: Matrix, members: number): Matrix {
  if (members === 1) return A;
  const mean = Matrix.zeros(A.rows / members, A.columns, A.dtype); // (outputs × examples)
  const size = mean.data.length;
  for (let k = 0; k < size; k++) {
    let sum = 0;
    for (let i = k; i < A.data.length; i += size) sum += A.data[i];
    mean.data[k] = sum / members;
  }
  return mean;
}

/** What a value is after the dropout step that follows it, where there is one. */
function masked(steps: readonly Step[], value: Value): Value {
  return steps.find(({ site, inputs }) => site !== undefined && inputs[0] === value)?.outputs[0] ?? value;
}
