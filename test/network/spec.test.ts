import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OptionError } from "../../src/constraint/constraint.js";
import { dense } from "../../src/network/dense.js";
import { network, networkWith } from "../../src/network/network.js";
import { parseNetworkSpec } from "../../src/network/parseSpec.js";
import type { LossSpec } from "../../src/ops/names.js";

const layer = dense(1, "sigmoid");

describe("network specification", () => {
  it.each([
    [undefined, "network() must be an object, got undefined"],
    [{ inputs: 0, layers: [layer] }, "network(): inputs must be a whole number of at least 1, got 0"],
    [{ inputs: 2, layers: [] }, "at least one layer"],
    [{ inputs: 2, layers: [{ ...layer, units: 2.5 }] }, "layer 1: units must be a whole number of at least 1, got 2.5"],
    [{ inputs: 2, layers: [{ ...layer, activation: "rleu" }] }, "did you mean relu?"],
    [{ inputs: 2, layers: [{ ...layer, activation: null }] }, "layer 1: activation must be an object, got null"],
    [{ inputs: 2, layers: [{ ...layer, unit: 3 }] }, 'unknown option "unit" (did you mean units?)'],
    [
      { inputs: 2, layers: [dense(3, "softmax"), layer] },
      "layer 1 has activation softmax, which only the last layer of a network may have",
    ],
    [{ inputs: 2, layers: [dense(1, "softmax")] }, "a softmax layer needs at least 2 units"],
    [{ inputs: 2, layers: [layer], loss: "categoricalCrossEntropy" }, "needs a last layer with activation softmax"],
    [
      { inputs: 2, layers: [dense(1, "relu")], loss: "binaryCrossEntropy" },
      "needs a last layer with activation sigmoid",
    ],
    [{ inputs: 2, layers: [layer], initializer: "hee" }, "did you mean he?"],
    [{ inputs: 2, layers: [layer], initializer: { type: "he", gain: -1 } }, "gain must be a finite number above 0"],
    [{ inputs: 2, layers: [layer], initializer: { type: "he", scale: 1 } }, 'unknown option "scale"'],
    [{ inputs: 2, layers: [layer], seed: -1 }, "seed must be a whole number of at least 0"],
    [{ inputs: 2, layers: [layer], seed: 2 ** 32 }, "of at most 4294967295"],
    [{ inputs: 2, layers: [layer], dtype: "float16" }, "dtype must be one of float64, float32"],
    [{ inputs: 2, layers: [layer], constructer: 1 }, "unknown option"],
  ])("refuses %j", (spec, message) => {
    expect(() => parseNetworkSpec(spec)).toThrow(OptionError);
    expect(() => parseNetworkSpec(spec)).toThrow(message);
  });

  it("fills in the loss that fits the last activation", () => {
    const loss = (activation: "sigmoid" | "softmax" | "linear" | "tanh"): LossSpec =>
      parseNetworkSpec({ inputs: 1, layers: [dense(2, activation)] }).loss;
    expect(["sigmoid", "softmax", "linear", "tanh"].map((name) => loss(name as "sigmoid"))).toEqual([
      "binaryCrossEntropy",
      "categoricalCrossEntropy",
      "meanSquaredError",
      "meanSquaredError",
    ]);
  });

  it("survives a round trip through JSON", () => {
    const spec = parseNetworkSpec({
      inputs: 3,
      layers: [
        dense(4, { type: "leakyRelu", slope: 0.2 }, { initializer: { type: "glorotUniform", gain: 2 }, bias: 1 }),
        dense(2, "softmax"),
      ],
      seed: 9,
    });
    expect(parseNetworkSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
  });

  it("answers any JSON with a specification or an OptionError, never with another error", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ inputs: fc.jsonValue(), layers: fc.array(fc.jsonValue()) })),
        (value) => {
          try {
            parseNetworkSpec(value);
          } catch (error) {
            expect(error).toBeInstanceOf(OptionError);
          }
        },
      ),
    );
  });

  it("says how large a network is that no memory holds", () => {
    expect(() => network({ inputs: 1e9, layers: [dense(1e9, "relu")] })).toThrow(
      "network(): 1000000001000000000 parameters take 7.45e+9 GiB in one array",
    );
  });

  it("takes parameters only in the number and precision of the specification", () => {
    const spec = { inputs: 1, layers: [dense(1, "linear")] };
    expect(() => networkWith(spec, new Float64Array(3))).toThrow("has 2 parameters, θ holds 3");
    expect(() => networkWith(spec, new Float32Array(2))).toThrow("says float64, θ is a Float32Array");
    const theta = Float64Array.of(1, 2);
    expect(networkWith(spec, theta).theta).toBe(theta);
    expect(network({ ...spec, dtype: "float32" }).theta).toBeInstanceOf(Float32Array);
  });
});
