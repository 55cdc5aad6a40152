import { multiply } from "../../../src/array/broadcast.js";
import { sum } from "../../../src/array/reduce.js";
import type { LayerSpec } from "../../../src/network/spec.js";
import type { LayerDefinition } from "../../../src/ops/layer/layer.js";
import type { Operation } from "../../../src/ops/op.js";
import { add } from "../../../src/ops/structure/add/add.js";
import { split } from "../../../src/ops/structure/split/split.js";

/** `s ∘ A`, s a number of each unit: parameters that are neither W nor b, in a step that is no activation. */
const gainOperation: Operation = {
  keeps: "input",
  shapes: (inputs) => inputs,
  parameters: ([{ rows }]) => [{ role: "s", rows, columns: 1, start: 0.8, decays: true }],
  forward: ([A], { parameters: [s] }) => ({ outputs: [multiply(A, s)] }),
  backward: ([d], { inputs: [A], parameters: [s] }) => ({
    inputs: [multiply(d, s)],
    parameters: [sum(multiply(d, A), "columns")],
  }),
};

export const gain: LayerDefinition<{ readonly type: "gain" }> = {
  parse: () => ({ type: "gain" }),
  lower: (_spec, input, builder) => builder.add({ op: "gain", operation: gainOperation, inputs: [input] })[0],
};

/** `A + layers(A)` */
export const residual: LayerDefinition<{ readonly type: "residual"; readonly layers: readonly LayerSpec[] }> = {
  parse: (_where, value) => value as { type: "residual"; layers: readonly LayerSpec[] },
  lower({ layers }, input, builder) {
    const [inside, beside] = builder.add({ op: "split", operation: split, inputs: [input] });
    return builder.add({ op: "add", operation: add, inputs: [builder.layers(layers, inside), beside] })[0];
  },
};
