import type { ScalingSpec } from "../ops/layer/scaling/scaling.js";

/**
 * A learned factor a feature, as plain data: `y = s x`. Each s starts at 1; L2 and weight decay leave it alone.
 *
 * Source: Holzmüller, Grinsztajn & Steinwart 2024, "Better by default" (RealMLP), where it stands before the first layer.
 *
 * @example
 * import { dense, network, scaling } from "gradproof";
 * const model = network({ inputs: 2, layers: [scaling(), dense(1, "sigmoid")] });
 * model.parameters.s1?.toArray(); // => [[1], [1]]
 */
export function scaling(): ScalingSpec {
  return { type: "scaling" };
}
