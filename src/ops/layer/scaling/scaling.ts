import { multiply } from "../../../array/broadcast.js";
import { sum } from "../../../array/reduce.js";
import { requireName, requireObject } from "../../../constraint/constraint.js";
import type { Operation } from "../../op.js";
import type { LayerDefinition } from "../layer.js";

/** A learned factor a feature. */
export interface ScalingSpec {
  readonly type: "scaling";
}

/**
 * `y = s x`, a factor s a row, which starts at 1; backward `dx = s dy`, `ds = Σ dy x`. L2 and weight decay leave s alone.
 *
 * Source: Holzmüller, Grinsztajn & Steinwart 2024, "Better by default" (RealMLP), §3, where it stands before the first layer.
 */
const scale: Operation = {
  keeps: "input",
  sameUnits: true,
  takesMembers: true,
  shapes: (inputs) => inputs,
  parameters: ([{ rows }]) => [{ role: "s", rows, columns: 1, start: 1, decays: false }],
  forward: ([X], { parameters: [s] }) => ({ outputs: [multiply(X, s)] }), // (units × examples)
  backward([dY], { inputs: [X], parameters: [s] }) {
    return {
      inputs: [multiply(dY, s)], // (units × examples)
      parameters: [sum(multiply(dY, X), "columns")], // (units × 1)
    };
  },
};

/** Scaling as a layer. */
export const scaling: LayerDefinition<ScalingSpec> = {
  example: { spec: { type: "scaling" }, inputs: 4 },
  parse(where, value) {
    const { type } = requireObject(where, value, ["type"]);
    requireName(`${where}: type`, type, ["scaling"]);
    return { type: "scaling" };
  },
  lower: (_spec, input, builder) => builder.add({ op: "scaling", operation: scale, inputs: [input] })[0],
};
