import { parseLayer } from "./parseSpec.js";
import type { LayerOf, LayerSpec } from "./spec.js";

/** A residual block as plain data: `y = x + f(x)`, f its layers. */
export type ResidualSpec = LayerOf<"residual">;

/**
 * A residual block, as plain data: `y = x + f(x)`, f the layers. Where f(x) has another number of units than x, a learned
 * matrix without a bias brings x to it: `y = P x + f(x)`, P units × inputs, drawn by the network's initializer; L2 and weight
 * decay act on it as on any weights.
 *
 * Input and output are units × examples. What follows the sum, such as an activation, is a layer of its own.
 *
 * Source: He, Zhang, Ren & Sun 2016, "Deep residual learning for image recognition", equations 1 and 2.
 *
 * @param layers f, at least one layer
 * @throws OptionError naming the layer and the part of it that is wrong
 *
 * @example
 * import { dense, network, residual } from "gradproof";
 * const block = residual([dense(8, "relu"), dense(8, "linear")]);
 * const model = network({ inputs: 3, layers: [dense(8, "relu"), block, residual([dense(4, "relu")]), dense(1, "sigmoid")] });
 * model.layout.map(({ name }) => name).join(" "); // => "W1 b1 W2 b2 W3 b3 W4 b4 P2 W5 b5"
 * model.parameters.P2?.shape; // => [4, 8]
 */
export function residual(layers: readonly LayerSpec[]): ResidualSpec {
  return parseLayer("residual()", { type: "residual", layers }) as ResidualSpec;
}
