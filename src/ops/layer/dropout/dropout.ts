import { requireName, requireNumber, requireObject } from "../../../constraint/constraint.js";
import type { OptionTable } from "../../choice.js";
import type { LayerDefinition } from "../layer.js";

/** Dropout as a layer: in training each unit is kept with a probability of its own layer, whatever the run's `keep`. */
export interface DropoutSpec {
  readonly type: "dropout";
  /** Probability to keep a unit, above 0, up to 1. Default 0.5. */
  readonly keep?: number;
}

/** Its number. */
export const dropoutOptions = {
  keep: { constraint: { kind: "number", above: 0, max: 1 }, default: 0.5 },
} as const satisfies OptionTable;

/**
 * Inverted dropout, `A ∘ D / keep` in training, A in prediction; the mask D is drawn anew each step.
 *
 * Source: Srivastava et al. 2014, "Dropout: a simple way to prevent neural networks from overfitting", §10 for the division
 * in training.
 */
export const dropout: LayerDefinition<DropoutSpec> = {
  example: { spec: { type: "dropout", keep: 0.7 }, inputs: 4 },
  options: dropoutOptions,
  drops: true,
  parse(where, value) {
    const { type, keep } = requireObject(where, value, ["type", "keep"]);
    requireName(`${where}: type`, type, ["dropout"]);
    return {
      type: "dropout",
      ...(keep !== undefined && { keep: requireNumber(`${where}: keep`, keep, dropoutOptions.keep.constraint) }),
    };
  },
  lower: ({ keep = dropoutOptions.keep.default }, input, builder) => builder.drop(input, keep),
};
