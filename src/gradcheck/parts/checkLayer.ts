import { OptionError, show } from "../../constraint/constraint.js";
import { gradientCheck } from "../checkGradients.js";
import type { CheckOptions } from "../checkOptions.js";
import { drive, driveAsync } from "../drive.js";
import type { ParameterValue } from "../parameterValue.js";
import type { Eventual, ReverseCommunication } from "../problem.js";
import type { GradientReport } from "../report.js";
import { type AnyLayer, layerProblem } from "./layerProblem.js";
import { splitOptions } from "./splitOptions.js";

/** Whole numbers, such as labels and indices: a layer may read them, and no derivative is taken by them. */
export type Integers =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** What goes into a layer or comes out of it: one array, or several by name. */
export type LayerInputs = ParameterValue | { readonly [name: string]: ParameterValue | Integers };
export type LayerOutputs = ParameterValue | { readonly [name: string]: ParameterValue };

/** A layer of one's own: from X forward to A, from dA back to dX and the gradients of its parameters. */
export interface OwnLayer<Inputs, Parameters extends object, Outputs = LayerOutputs> {
  /** Such as `{ W, b }`. Left out where it has none. */
  readonly parameters?: Parameters;
  readonly forward: (X: Inputs, parameters: Parameters) => Outputs;
  /**
   * `{ dX, dW, db }`; of several inputs `{ q, k }` it is `{ dq, dk, dW, db }`. It is called right after `forward` with the same
   * X and parameters, so a cache may be used. dA comes in the form of A.
   */
  readonly backward: (dA: Outputs, X: Inputs, parameters: Parameters) => object;
}

/** The same with functions that may return promises. */
export interface AsyncOwnLayer<Inputs, Parameters extends object, Outputs = LayerOutputs> {
  readonly parameters?: Parameters;
  readonly forward: (X: Inputs, parameters: Parameters) => Eventual<Outputs>;
  readonly backward: (dA: Outputs, X: Inputs, parameters: Parameters) => Eventual<object>;
}

export interface LayerCheckOptions<Inputs, Outputs = LayerOutputs> extends CheckOptions {
  /**
   * Inputs, in the form the layer takes them: an array of any number of dimensions or a `Matrix`; or several by name, of which
   * typed arrays of integers are handed on as they are.
   */
  readonly X: Inputs;
  /** R, in the form of A. Default: of N(0, 1). */
  readonly dA?: Outputs;
}

/**
 * Checks the backward pass of a layer, of whatever it computes: with a fixed R of the shape of A, the cost
 * `J = Σ R ∘ A` has `dA = R`, so `backward(R, …)` must give the derivatives of J by X and by each parameter.
 *
 * @param layer `forward`, `backward` and its parameters, under other names than the inputs; a layer that draws random numbers
 *   must draw the same ones each time
 * @param options `X`, `dA`; mode, seed, blocks (`X` among them), progress, signal as for `checkGradients`
 * @throws OptionError where a function, X or a gradient is missing; ShapeError for shapes that do not fit
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { product, productWithTransposed, transposedProduct } from "gradproof/array";
 * import { checkLayer } from "gradproof/gradcheck";
 * const report = checkLayer(
 *   {
 *     parameters: { W: Matrix.from([[1, 2], [3, 4], [5, 6]]) },
 *     forward: (X: Matrix, { W }) => product(W, X),
 *     backward: (dA, X, { W }) => ({ dX: transposedProduct(W, dA), dW: productWithTransposed(dA, X) }),
 *   },
 *   { X: Matrix.from([[1, -1], [2, 0.5]]) },
 * );
 * report.blocks.map(({ name, verdict }) => `${name} ${verdict}`); // => ["X correct", "W correct"]
 */
export function checkLayer<
  Inputs extends LayerInputs,
  Outputs extends LayerOutputs,
  Parameters extends object = Record<string, never>,
>(layer: OwnLayer<Inputs, Parameters, Outputs>, options: LayerCheckOptions<Inputs, Outputs>): GradientReport {
  const [check, computation] = layerCheck("checkLayer()", layer, options);
  return drive(computation, check);
}

/**
 * `checkLayer` for functions that return promises: another framework, another process.
 *
 * @param layer as for `checkLayer`
 * @param options as for `checkLayer`
 * @throws as `checkLayer`, by rejecting
 *
 * @example
 * import { checkLayerAsync } from "gradproof/gradcheck";
 * const report = await checkLayerAsync(
 *   {
 *     forward: async ({ x, s }: { x: number[]; s: number }) => x.map((value) => value ** s),
 *     backward: async (dA, { x, s }) => ({
 *       dx: dA.map((d, i) => d * s * (x[i] ?? 0) ** (s - 1)),
 *       ds: dA.reduce((sum, d, i) => sum + d * Math.log(x[i] ?? 0) * (x[i] ?? 0) ** s, 0),
 *     }),
 *   },
 *   { X: { x: [1, 2, 3], s: 2 } },
 * );
 * report.blocks.map(({ name, verdict }) => `${name} ${verdict}`); // => ["x correct", "s correct"]
 */
export async function checkLayerAsync<
  Inputs extends LayerInputs,
  Outputs extends LayerOutputs,
  Parameters extends object = Record<string, never>,
>(
  layer: AsyncOwnLayer<Inputs, Parameters, Outputs>,
  options: LayerCheckOptions<Inputs, Outputs>,
): Promise<GradientReport> {
  const [check, computation] = layerCheck("checkLayerAsync()", layer, options);
  return driveAsync(computation, check);
}

function layerCheck<Inputs, Outputs, Parameters extends object>(
  where: string,
  layer: AsyncOwnLayer<Inputs, Parameters, Outputs>,
  options: LayerCheckOptions<Inputs, Outputs>,
): readonly [CheckOptions, ReverseCommunication<GradientReport>] {
  if (typeof layer?.forward !== "function" || typeof layer.backward !== "function") {
    throw new OptionError(`${where}: expected { forward, backward }, got ${show(layer)}`);
  }
  const { own, check } = splitOptions<{ X?: Inputs; dA?: Outputs }>(where, options, ["X", "dA"]);
  if (own.X === undefined) throw new OptionError(`${where}: options.X must be the inputs to check with`);
  const { parameters = {}, forward, backward } = layer;
  const problem = layerProblem(where, { parameters, forward, backward } as AnyLayer, {
    X: own.X,
    dA: own.dA,
    seed: check.seed,
  });
  return [check, gradientCheck(where, problem, check)];
}
