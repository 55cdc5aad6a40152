import { ShapeError } from "../../array/shapeError.js";
import { OptionError, show } from "../../constraint/constraint.js";
import { RandomStream } from "../../random/streams.js";
import { gradientCheck } from "../checkGradients.js";
import type { CheckOptions } from "../checkOptions.js";
import { parameterForms } from "../describeParameter.js";
import { drive } from "../drive.js";
import { type Content, contentOf, type ParameterValue, parameterOf } from "../parameterValue.js";
import type { GradientReport } from "../report.js";
import { describeShape } from "../shape.js";
import { splitOptions } from "./splitOptions.js";

/** A layer of one's own: from X forward to A, from dA back to dX and the gradients of its parameters. */
export interface OwnLayer<Values, Parameters extends object> {
  /** Such as `{ W, b }`. Left out where it has none. */
  readonly parameters?: Parameters;
  readonly forward: (X: Values, parameters: Parameters) => ParameterValue;
  /** `{ dX, dW, db }`. It is called right after `forward` with the same X and parameters, so a cache may be used. */
  readonly backward: (dA: Values, X: Values, parameters: Parameters) => object;
}

export interface LayerCheckOptions<Values> extends CheckOptions {
  /** Inputs, in the form the layer takes them: a `Matrix`, rows of numbers, a vector. dA comes in the form of A. */
  readonly X: Values;
}

const where = "checkLayer()";

/**
 * Checks the backward pass of a layer, of whatever it computes: with a fixed random R of the shape of A, the cost
 * `J = Σ R ∘ A` has `dA = R`, so `backward(R, …)` must give the derivatives of J by X and by each parameter.
 *
 * @param layer `forward`, `backward` and its parameters, under names of your choice but X; a layer that draws random numbers
 *   must draw the same ones each time
 * @param options `X`; mode, seed, blocks (`X` among them), progress, signal as for `checkGradients`
 * @throws OptionError where a function, X or a gradient is missing; ShapeError for shapes that do not fit
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { product, productWithTransposed, transposedProduct } from "gradproof/array";
 * import { checkLayer } from "gradproof/gradcheck";
 * const report = checkLayer(
 *   {
 *     parameters: { W: Matrix.from([[1, 2], [3, 4], [5, 6]]) },
 *     forward: (X, { W }) => product(W, X),
 *     backward: (dA, X, { W }) => ({ dX: transposedProduct(W, dA), dW: productWithTransposed(dA, X) }),
 *   },
 *   { X: Matrix.from([[1, -1], [2, 0.5]]) },
 * );
 * report.blocks.map(({ name, verdict }) => `${name} ${verdict}`); // => ["X correct", "W correct"]
 */
export function checkLayer<Values extends ParameterValue, Parameters extends object = Record<string, never>>(
  layer: OwnLayer<Values, Parameters>,
  options: LayerCheckOptions<Values>,
): GradientReport {
  if (typeof layer?.forward !== "function" || typeof layer.backward !== "function") {
    throw new OptionError(`${where}: expected { forward, backward }, got ${show(layer)}`);
  }
  const { own, check } = splitOptions<{ X?: Values }>(where, options, ["X"]);
  if (own.X === undefined) throw new OptionError(`${where}: options.X must be the inputs to check with`);
  const { parameters = {} as Parameters } = layer;
  if (typeof parameters !== "object" || parameters === null || "X" in parameters) {
    throw new OptionError(`${where}: parameters must be an object such as { W, b }, without an X of its own`);
  }
  type All = Parameters & { X: Values };
  const taken = ({ X, ...rest }: All): [Values, Parameters] => [X, rest as unknown as Parameters];
  let shape: readonly number[] | undefined;
  let R = new Float64Array(0);
  const output = (p: All): Content => {
    const A = layer.forward(...taken(p));
    const content = contentOf(`${where}: forward()`, A);
    if (content === undefined)
      throw new OptionError(`${where}: forward() must return ${parameterForms}, got ${show(A)}`);
    if (shape === undefined) {
      shape = content.shape;
      R = weights(content.values.length, check.seed);
    } else if (`${shape}` !== `${content.shape}`) {
      throw new ShapeError(
        `${where}: forward() returned ${describeShape(content.shape)} after ${describeShape(shape)} for an X of the same shape`,
      );
    }
    return content;
  };
  const problem = {
    parameters: { X: own.X, ...parameters } as unknown as All,
    cost: (p: All) => {
      const { values } = output(p);
      let J = 0;
      for (let k = 0; k < values.length; k++) J += R[k] * values[k];
      return J;
    },
    gradients: (p: All) => {
      const dA = parameterOf(output(p), R, true) as Values;
      return layer.backward(dA, ...taken(p));
    },
  };
  return drive(gradientCheck(where, problem, check), check);
}

/** R, of N(0, 1). */
function weights(length: number, seed = 1): Float64Array<ArrayBuffer> {
  const stream = new RandomStream(seed, "check", 0, 1 << 21);
  return Float64Array.from({ length }, () => stream.normal());
}
