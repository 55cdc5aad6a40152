import { type DType, type FloatArray, zeros } from "../array/floatArray.js";
import type { Matrix } from "../array/matrix.js";
import { ShapeError } from "../array/shapeError.js";
import { OptionError } from "../constraint/constraint.js";
import { RandomState } from "../random/randomState.js";
import type { Activation } from "./activation/activation.js";
import { activationOf } from "./activation/activationOf.js";
import { initializerOf } from "./initializer/initializer.js";
import { layoutOf, type ParameterWindow, parameterCount, viewsOf } from "./layout.js";
import type { Loss } from "./loss/loss.js";
import { lossOf } from "./loss/lossOf.js";
import { type CompleteNetworkSpec, parseNetworkSpec } from "./parseSpec.js";
import type { NetworkSpec } from "./spec.js";

/** One layer of a network; W and b are windows into θ. */
export interface Layer {
  readonly inputs: number;
  readonly units: number;
  readonly activation: Activation;
  /** units × inputs */
  readonly W: Matrix;
  /** units × 1 */
  readonly b: Matrix;
}

/** A feed-forward network: its specification and its parameters, held in one vector θ. */
export interface Network {
  readonly spec: CompleteNetworkSpec;
  readonly layers: readonly Layer[];
  readonly loss: Loss;
  /** All parameters: W1, b1, W2, b2, …, each row after row. */
  readonly theta: FloatArray;
  /** Where each parameter lies in θ. */
  readonly layout: readonly ParameterWindow[];
  /** Windows into θ by name: `W1` is n[1] × n[0], `b1` is n[1] × 1, … */
  readonly parameters: Readonly<Record<string, Matrix>>;
}

/**
 * Builds a feed-forward network and draws its starting weights.
 *
 * `Z[l] = W[l] A[l−1] + b[l]`, `A[l] = g[l](Z[l])`, `A[0] = X`. The weights are drawn layer after layer from NumPy's
 * `RandomState(seed)`, so that a seed means here what it means there.
 *
 * @param spec inputs, layers, and optionally initializer (default `he`), seed (0), loss (what fits the last
 *   activation), dtype (`float64`)
 * @throws OptionError naming the part of the specification that is wrong
 *
 * @example
 * import { dense, network } from "gradproof";
 * const model = network({ inputs: 2, layers: [dense(10, "relu"), dense(5, "relu"), dense(1, "sigmoid")], seed: 3 });
 * model.theta.length; // => 91
 * model.parameters.W2.shape; // => [5, 10]
 * model.parameters.b3.toArray(); // => [[0]]
 */
export function network(spec: NetworkSpec): Network {
  const complete = parseNetworkSpec(spec);
  const layout = layoutOf(complete.inputs, complete.layers);
  const model = assemble(complete, allocate(parameterCount(layout), complete.dtype));
  const random = new RandomState(complete.seed);
  for (const [index, { W, b, units, inputs }] of model.layers.entries()) {
    const layer = complete.layers[index];
    W.data.set(initializerOf(layer.initializer ?? complete.initializer)(units, inputs, random).data);
    b.data.fill(layer.bias ?? 0);
  }
  return model;
}

/**
 * Builds a network around given parameters, without drawing any; θ is used, not copied.
 *
 * @param theta W1, b1, W2, b2, …, each row after row
 * @throws OptionError when the specification is wrong, ShapeError when θ has another length or precision
 *
 * @example
 * import { dense, network, networkWith } from "gradproof";
 * const model = network({ inputs: 1, layers: [dense(1, "linear")] });
 * const twin = networkWith(model.spec, Float64Array.of(2, 1)); // W1 = 2, b1 = 1
 * twin.parameters.b1.get(0, 0); // => 1
 */
export function networkWith(spec: NetworkSpec, theta: FloatArray): Network {
  const complete = parseNetworkSpec(spec);
  const expected = parameterCount(layoutOf(complete.inputs, complete.layers));
  if (theta.length !== expected) {
    throw new ShapeError(`networkWith(): the specification has ${expected} parameters, θ holds ${theta.length}`);
  }
  if (theta instanceof Float64Array !== (complete.dtype === "float64")) {
    throw new ShapeError(`networkWith(): the specification says ${complete.dtype}, θ is a ${theta.constructor.name}`);
  }
  return assemble(complete, theta);
}

/** θ, all zero. */
function allocate(parameters: number, dtype: DType): FloatArray {
  try {
    return zeros(parameters, dtype);
  } catch {
    const gigabytes = ((dtype === "float64" ? 8 : 4) * parameters) / 2 ** 30;
    throw new OptionError(
      `network(): ${parameters} parameters take ${gigabytes.toPrecision(3)} GiB in one array, more than can be had here; ` +
        "use fewer units or layers",
    );
  }
}

function assemble(spec: CompleteNetworkSpec, theta: FloatArray): Network {
  const layout = layoutOf(spec.inputs, spec.layers);
  const parameters = viewsOf(layout, theta);
  const layers = spec.layers.map(({ units, activation }, index) => {
    const W = parameters[`W${index + 1}`]; // (units × inputs)
    const b = parameters[`b${index + 1}`]; // (units × 1)
    return { inputs: W.columns, units, activation: activationOf(activation), W, b };
  });
  return { spec, layers, loss: lossOf(spec.loss), theta, layout, parameters };
}
