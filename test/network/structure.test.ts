import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { OptionError } from "../../src/constraint/constraint.js";
import { activation } from "../../src/network/activationLayer.js";
import { backward } from "../../src/network/backward.js";
import { concatenation } from "../../src/network/concatenation.js";
import { dense } from "../../src/network/dense.js";
import { dropout } from "../../src/network/dropout.js";
import { forward } from "../../src/network/forward.js";
import { layerNorm } from "../../src/network/layerNorm.js";
import { network, networkWith } from "../../src/network/network.js";
import { parseNetworkSpec } from "../../src/network/parseSpec.js";
import { programOf } from "../../src/network/program.js";
import { residual } from "../../src/network/residual.js";
import { scaling } from "../../src/network/scaling.js";
import { sizesInWords } from "../../src/network/sizes.js";
import type { LayerSpec } from "../../src/network/spec.js";
import { parseConfiguration } from "../../src/pipeline/parseConfiguration.js";
import { keepOf } from "../../src/training/dropout.js";

describe("a residual block", () => {
  it("adds its layers to its input, by hand", () => {
    // f(x) = 3x + 1, y = x + f(x) = 4x + 1; targets 0: J = y² of one example, dJ/dy = 2y, dW = 2y x, db = 2y.
    const spec = { inputs: 1, layers: [residual([dense(1, "linear")])], loss: "meanSquaredError" } as const;
    const model = networkWith(spec, Float64Array.of(3, 1));
    const pass = forward(model, Matrix.row([2]), { training: true });
    expect(pass.output.toArray()).toEqual([[9]]);
    expect(Array.from(backward(model, pass.cache, Matrix.row([0])).dTheta)).toEqual([36, 18]);
  });

  it("has a matrix around its layers where they change the number of units, by hand", () => {
    // f(x) = (x, 2x) of W = (1, 2), b = 0; P = (10, 20): y = (11x, 22x). At x = 1, targets (10, 20): mean of squares
    // (1 + 4) / 2; dJ/dy = (1, 2), so dP = dW = db = (1, 2).
    const spec = { inputs: 1, layers: [residual([dense(2, "linear")])], loss: "meanSquaredError" } as const;
    const model = networkWith(spec, Float64Array.of(1, 2, 0, 0, 10, 20));
    expect(model.layout.map(({ name, decays }) => [name, decays])).toEqual([
      ["W1", true],
      ["b1", false],
      ["P1", true],
    ]);
    const pass = forward(model, Matrix.row([1]), { training: true });
    expect(pass.output.toArray()).toEqual([[11], [22]]);
    expect(Array.from(backward(model, pass.cache, Matrix.column([10, 20])).dTheta)).toEqual([1, 2, 1, 2, 1, 2]);
  });
});

describe("a concatenation", () => {
  it("puts its branches below one another, and adds what comes back to rows that several take, by hand", () => {
    // x = (1, 2, 3): branch 1 gives x₀ + x₁ · 1 + … of W = (1, 10): 21; branch 2 hands on (2, 3). Sum by W = (1, 1, 1): 26.
    const beside = concatenation([{ rows: [0, 2], layers: [dense(1, "linear")] }, { rows: [1, 3] }]);
    const spec = { inputs: 3, layers: [scaling(), beside, dense(1, "linear")], loss: "meanSquaredError" } as const;
    const model = networkWith(spec, Float64Array.of(1, 1, 1, 1, 10, 0, 1, 1, 1, 0));
    const pass = forward(model, Matrix.column([1, 2, 3]), { training: true });
    expect(pass.output.toArray()).toEqual([[26]]);
    // dJ/dy = 2 (26 − 25) = 2; ds = x ∘ (1, 10 + 1, 1) · 2.
    const { gradients } = backward(model, pass.cache, Matrix.row([25]));
    expect(gradients.ds1?.toArray()).toEqual([[2], [44], [6]]);
  });

  it("hands on all rows where there is nothing else to do", () => {
    const model = network({ inputs: 2, layers: [concatenation([{}]), dense(1, "linear")] });
    expect(model.program.values[model.program.steps[1].inputs[0]].rows).toBe(2);
  });
});

describe("layers of units", () => {
  const activations = (layers: readonly LayerSpec[]): string[] =>
    programOf(3, layers).unitLayers.map(({ sums, activation: { op } }) => `${sums.name} ${op}`);

  it("end with the activation of their sums, with norms between", () => {
    expect(activations([dense(4, "linear"), activation("relu"), dense(1, "linear")])).toEqual([
      "dense1 relu",
      "dense2 linear",
    ]);
    expect(activations([dense(4, "linear"), layerNorm(), activation("tanh"), dense(1, "sigmoid")])).toEqual([
      "dense1 tanh",
      "dense2 sigmoid",
    ]);
  });

  it("are none where an activation follows something else", () => {
    expect(activations([dense(4, "relu"), activation("tanh"), activation("sigmoid")])).toEqual(["dense1 relu"]);
    expect(activations([residual([dense(3, "linear")]), activation("relu")])).toEqual(["dense1 linear"]);
  });

  it("drop units after that activation, also within other layers, and not at the output", () => {
    const droppedAfter = (layers: readonly LayerSpec[]): string[] => {
      const { steps } = programOf(3, layers);
      const makerOf = (value: number): string => steps.find(({ outputs }) => outputs.includes(value))?.name ?? "X";
      return steps.flatMap(({ site, inputs: [value] }) => (site === undefined ? [] : [makerOf(value)]));
    };
    expect(droppedAfter([dense(4, "linear"), layerNorm(), activation("tanh"), dense(1, "sigmoid")])).toEqual([
      "X",
      "tanh1",
    ]);
    expect(droppedAfter([residual([dense(5, "relu"), dense(3, "linear")]), dense(1, "sigmoid")])).toEqual([
      "X",
      "relu1",
      "linear2",
    ]);
  });

  it("keep the masks that they had before other layers came between", () => {
    const streams = (layers: readonly LayerSpec[]): number[] =>
      programOf(3, layers).sites.flatMap(({ stream, keep }) => (keep === undefined ? [stream] : []));
    const bare = streams([dense(4, "relu"), dense(5, "relu"), dense(1, "sigmoid")]);
    expect(bare).toEqual([0, 1, 2]);
    expect(streams([dense(4, "relu"), dropout(0.5), dense(5, "relu"), scaling(), dense(1, "sigmoid")])).toEqual(bare);
  });
});

describe("dropout layers", () => {
  it("keep units with their own probability, and leave the run's to the others", () => {
    const layers = [dense(4, "relu"), dropout(0.6), dense(5, "relu"), dropout(), dense(1, "sigmoid")];
    const model = network({ inputs: 3, layers });
    expect(keepOf({ keep: 1, inputKeep: 1 }, model)).toEqual([1, 1, 0.6, 1, 0.5]);
    expect(keepOf({ keep: [0.8, 0.9], inputKeep: 0.7 }, model)).toEqual([0.7, 0.8, 0.6, 0.9, 0.5]);
    expect(() => keepOf({ keep: [0.8], inputKeep: 1 }, model)).toThrow("the network has 2, got 1");
    const streams = model.program.sites.map(({ stream }) => stream);
    expect(new Set(streams).size).toBe(streams.length);
  });
});

describe("the sizes of a network", () => {
  it.each([
    [[dense(4, "relu"), dense(1, "sigmoid")], "3-4-1"],
    [[dense(4, "linear"), layerNorm(), activation("relu"), dense(1, "sigmoid")], "3-4-1"],
    [[residual([dense(4, "relu")]), dense(1, "sigmoid")], "3 to 1 in 2 layers"],
  ])("are said as they are", (layers, expected) => {
    expect(sizesInWords(programOf(3, layers), layers.length)).toBe(expected);
  });
});

describe("layers in layers", () => {
  const within = (type: "residual" | "concatenation", depth: number): unknown => {
    const held = (layers: unknown[]): object =>
      type === "residual" ? { type, layers } : { type, branches: [{ layers }] };
    let layer: unknown = { type: "dense", units: 2, activation: "tanh" };
    for (let k = 0; k < depth; k++) layer = held([layer]);
    return layer;
  };

  it.each(["residual", "concatenation"] as const)("may lie 100 deep in each other, and no deeper: %s", (type) => {
    const parse = (depth: number) => parseNetworkSpec({ inputs: 2, layers: [within(type, depth)] });
    expect(parse(100).layers).toHaveLength(1);
    for (const depth of [101, 20_000]) {
      expect(() => parse(depth)).toThrow(OptionError);
      expect(() => parseConfiguration({ network: { layers: [within(type, depth)] } })).toThrow(
        "configuration: network: layers may lie in each other 100 deep at most",
      );
    }
  });
});

describe("layers that do not fit are refused with place, layer and both sizes", () => {
  const refused = (layers: readonly unknown[]): string => {
    try {
      parseNetworkSpec({ inputs: 3, layers });
    } catch (error) {
      return String(error);
    }
    return "no error";
  };

  it.each([
    [
      [residual([concatenation([{ rows: [0, 2] }, { name: "late", rows: [2, 9] }])])],
      /layer 1 \(residual\): layer 1 \(concatenation\): branch "late" takes rows 2 to 8, the input has 3 rows/,
    ],
    [[{ type: "residual", layers: [] }], /layer 1: layers must be an array of at least one layer, got \[\]/],
    [
      [{ type: "residual", layers: [dense(2, "softmax")] }, dense(1, "linear")],
      /layer 1: layer 1 has activation softmax/,
    ],
    [
      [{ type: "residual", layers: [{ type: "dens" }] }],
      /layer 1: layer 1: type must be one of .*\(did you mean dense\?\)/,
    ],
    [
      [{ type: "concatenation", branches: [{ rows: [2, 2] }] }],
      /branch 1: rows\[1\] must be a whole number of at least 3, got 2/,
    ],
    [[{ type: "concatenation", branches: [{ rows: [2] }] }], /branch 1: rows must be "all", \[from, to\]/],
    [[{ type: "concatenation", branches: [{ row: 1 }] }], /branch 1: unknown option "row" \(did you mean rows\?\)/],
    [[{ type: "concatenation", branches: [{ name: "a" }, {}, { name: "a" }] }], /branches 1 and 3 are both called "a"/],
    [
      [{ type: "dropout", keep: 0 }, dense(1, "linear")],
      /layer 1: keep must be a finite number above 0 and of at most 1, got 0/,
    ],
    [[{ type: "activation", activation: "rely" }], /layer 1: activation must be one of .*\(did you mean relu\?\)/],
  ])("%#", (layers, message) => {
    expect(refused(layers)).toMatch(message);
  });
});

describe("the steps of a program", () => {
  it("have names of their own, where layers of several types share an operation, and where a layer has one twice", () => {
    const beside = concatenation([{ rows: [0, 1] }, { rows: [1, 2] }]);
    const block = residual([dense(2, "prelu"), activation("prelu")]);
    const { steps } = programOf(2, [
      beside,
      dense(2, "prelu"),
      activation("prelu"),
      beside,
      block,
      dense(1, "sigmoid"),
    ]);
    const names = steps.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("prelu4");
  });

  it("refuses a last layer that drops the answers", () => {
    const last = (...layers: LayerSpec[]) => network({ inputs: 2, layers: [dense(1, "sigmoid"), ...layers] });
    expect(() => last(dropout(0.5))).toThrow(
      "network(): layer 2 drops the outputs of the network, which are its answers; leave it out, or put it before the layer",
    );
    expect(() => network({ inputs: 2, layers: [dense(3, "tanh"), dropout(0.5), dense(1, "sigmoid")] })).not.toThrow();
    // A loss of whatever the last layer gives may be asked for.
    const named = { inputs: 2, layers: [dense(1, "linear"), dropout(0.5)], loss: "meanSquaredError" } as const;
    expect(network(named).loss.name).toBe("meanSquaredError");
  });
});
