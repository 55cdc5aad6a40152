import type { CheckOptions } from "../../../src/gradcheck/checkOptions.js";
import { contentOf, type ParameterValue, parameterOf } from "../../../src/gradcheck/parameterValue.js";
import { checkLayer } from "../../../src/gradcheck/parts/checkLayer.js";
import type { GradientReport } from "../../../src/gradcheck/report.js";
import type { DrawnLayer } from "../layers/layer.js";
import { layers as all } from "../layers/layers.js";
import { pick, type Tensor, type Tensors } from "../layers/tensor.js";
import type { Family } from "./family.js";

export const layers: Family = {
  name: "layers",
  about:
    "Layers that people write by hand, from their equations, each by itself: its input and its parameters are blocks, the cost is " +
    "Σ R ∘ out with a random R. A bug is one of those that such code has.",
  draw(stream) {
    const { name, draw } = pick(stream, all);
    const layer = draw(stream);
    const bug = stream.random() < 0.5 ? undefined : pick(stream, layer.bugs);
    return { kind: name, ...(bug && { bug }), check: (options) => checkDrawn(layer, bug?.name, options) };
  },
};

/** Checks a layer as its author would, on lists within lists. */
export function checkDrawn(layer: DrawnLayer, bug: string | undefined, options: CheckOptions): GradientReport {
  type Values = Readonly<Record<string, ParameterValue>>;
  return checkLayer(
    {
      forward: (inputs: Values) => nested(layer.forward(tensors(inputs))),
      backward: (dout: ParameterValue, inputs) => {
        const gradients = layer.backward(tensors(inputs), tensor(dout), bug);
        return Object.fromEntries(Object.entries(gradients).map(([name, value]) => [`d${name}`, nested(value)]));
      },
    },
    {
      ...options,
      X: Object.fromEntries(Object.entries(layer.inputs).map(([name, value]) => [name, nested(value)])),
    },
  );
}

function nested({ shape, data }: Tensor): ParameterValue {
  const type = shape.length === 0 ? "number" : "nested";
  return parameterOf({ type, single: false, shape }, data, true) as ParameterValue;
}

function tensor(value: ParameterValue): Tensor {
  const content = contentOf("layers", value);
  if (content === undefined) throw new Error("layers: not an array");
  return { shape: content.shape, data: Float64Array.from(content.values) };
}

function tensors(values: Readonly<Record<string, ParameterValue>>): Tensors {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, tensor(value)]));
}
