import { OptionError, requireName, requireObject, show } from "../../../constraint/constraint.js";
import { add } from "../../structure/add/add.js";
import { project } from "../../structure/project/project.js";
import { split } from "../../structure/split/split.js";
import type { DenseSpec } from "../dense/dense.js";
import type { InnerLayer, LayerDefinition } from "../layer.js";

/** A residual block: y = x + f(x), f some layers; y = P x + f(x) where f changes the number of units. */
export interface ResidualSpec {
  readonly type: "residual";
  /** What is learned beside the input, at least one layer. */
  readonly layers: readonly InnerLayer[];
}

/** Of the example: 3 units of 4, so that P is there. */
const learned: readonly DenseSpec[] = [
  { type: "dense", units: 5, activation: "tanh" },
  { type: "dense", units: 3, activation: "linear" },
];

/**
 * The residual block `y = x + f(x)`. Where f(x) has another number of units than x, a matrix P without a bias brings x to
 * it: `y = P x + f(x)`.
 *
 * Source: He, Zhang, Ren & Sun 2016, "Deep residual learning for image recognition", equations 1 and 2.
 */
export const residual: LayerDefinition<ResidualSpec> = {
  example: {
    spec: { type: "residual", layers: learned },
    inputs: 4,
  },
  parse(where, value, parseLayer) {
    const { type, layers } = requireObject(where, value, ["type", "layers"]);
    requireName(`${where}: type`, type, ["residual"]);
    if (!Array.isArray(layers) || layers.length === 0) {
      throw new OptionError(`${where}: layers must be an array of at least one layer, got ${show(layers)}`);
    }
    return { type: "residual", layers: layers.map((layer, l) => parseLayer(`${where}: layer ${l + 1}`, layer)) };
  },
  lower({ layers }, input, builder) {
    const [around, through] = builder.add({ op: "split", operation: split, inputs: [input] });
    const change = builder.layers(layers, through);
    const { rows: units } = builder.shapeOf(change);
    const [shortcut] =
      builder.shapeOf(around).rows === units
        ? [around]
        : builder.add({ op: "project", operation: project, inputs: [around], options: { units } });
    return builder.add({ op: "add", operation: add, inputs: [shortcut, change] })[0];
  },
};
