import { requireName, requireObject } from "../../../constraint/constraint.js";
import { parseChoice } from "../../choice.js";
import { activations } from "../../generated/activations.js";
import type { ActivationSpec } from "../../names.js";
import type { LayerDefinition } from "../layer.js";

/** An activation as a layer of its own: A = g(Z), after a norm, or a sum of branches. */
export interface ActivationLayerSpec {
  readonly type: "activation";
  readonly activation: ActivationSpec;
}

/** The activation that stands alone. After a dense layer without one, with at most norms between, it is that layer's own. */
export const activation: LayerDefinition<ActivationLayerSpec> = {
  example: { spec: { type: "activation", activation: "tanh" }, inputs: 4 },
  parse(where, value) {
    const given = requireObject(where, value, ["type", "activation"]);
    return {
      type: requireName(`${where}: type`, given.type, ["activation"]),
      activation: parseChoice(`${where}: activation`, given.activation, activations),
    };
  },
  lower: (spec, input, builder) => builder.activate(spec.activation, input),
};
