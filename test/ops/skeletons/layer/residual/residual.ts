import type { BatchNormSpec } from "../../../../../src/ops/layer/batchNorm/batchNorm.js";
import type { DenseSpec } from "../../../../../src/ops/layer/dense/dense.js";
import type { LayerDefinition } from "../../../../../src/ops/layer/layer.js";
import { add } from "../../../../../src/ops/structure/add/add.js";
import { split } from "../../../../../src/ops/structure/split/split.js";

export interface ResidualSpec {
  readonly type: "residual";
  readonly layers: readonly (DenseSpec | BatchNormSpec | ResidualSpec)[];
}

/** A residual block: `y = x + f(x)`, f some layers. Source: He et al. 2016, "Deep residual learning for image recognition". */
export const residual: Pick<LayerDefinition<ResidualSpec>, "example" | "parse" | "lower"> = {
  example: { spec: { type: "residual", layers: [] }, inputs: 4 },
  parse: () => ({ type: "residual", layers: [] }),
  lower({ layers }, input, builder) {
    const [around, through] = builder.add({ op: "split", operation: split, inputs: [input] });
    return builder.add({ op: "add", operation: add, inputs: [around, builder.layers(layers, through)] })[0];
  },
};
