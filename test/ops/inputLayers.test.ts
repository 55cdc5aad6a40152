import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { OptionError } from "../../src/constraint/constraint.js";
import { predict } from "../../src/engine/predict.js";
import { geometryOf } from "../../src/engine/wasm/geometry.js";
import { wasmEngine } from "../../src/engine/wasm/wasmEngine.js";
import { backward } from "../../src/network/backward.js";
import { dense } from "../../src/network/dense.js";
import { embedding } from "../../src/network/embedding.js";
import { forward } from "../../src/network/forward.js";
import { network, networkWith } from "../../src/network/network.js";
import { parseNetworkSpec } from "../../src/network/parseSpec.js";
import type { LayerSpec } from "../../src/network/spec.js";
import { parseConfiguration } from "../../src/pipeline/parseConfiguration.js";
import { RandomState } from "../../src/random/randomState.js";
import { train } from "../../src/training/train.js";

/** Outputs and gradients of PyTorch 1.13, made by test/fixtures/inputLayers.py. */
interface Golden {
  readonly layer: LayerSpec;
  readonly X: number[][];
  readonly Y: number[][];
  readonly theta: number[];
  readonly outputs: number[][];
  readonly dTheta: number[];
}
const golden = JSON.parse(readFileSync(new URL("../fixtures/inputLayers.json", import.meta.url), "utf8")) as Readonly<
  Record<string, Golden>
>;

function farthest(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  let most = 0;
  for (let k = 0; k < expected.length; k++) most = Math.max(most, Math.abs(found[k] - expected[k]));
  return most;
}

const errorOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error("expected an error");
};

describe("layers for inputs", () => {
  it("are read, or refused by name, whatever their specification holds", () => {
    const number = fc.oneof(fc.double(), fc.integer({ min: -2, max: 20 }), fc.constant(2 ** 40));
    const value = fc.oneof(number, fc.jsonValue(), fc.array(number), fc.array(fc.array(number)));
    const key = fc.constantFrom(
      "sizes",
      "dimension",
      "initializer",
      "frequencies",
      "scale",
      "edges",
      "bins",
      "columns",
    );
    const type = fc.constantFrom("embedding", "periodic", "piecewiseLinear");
    fc.assert(
      fc.property(type, fc.dictionary(key, value), fc.integer({ min: 1, max: 3 }), (named, others, inputs) => {
        const layers = [
          { ...others, type: named },
          { type: "dense", units: 1, activation: "linear" },
        ];
        for (const parse of [
          () => parseNetworkSpec({ inputs, layers }),
          () => parseConfiguration({ network: { layers } }),
        ]) {
          try {
            parse();
          } catch (error) {
            expect(error).toBeInstanceOf(OptionError);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("do not make a plan of a small network one of a large one: a table is no product", () => {
    const layers = [embedding([100_000], 8), dense(4, "relu"), dense(1, "linear")];
    expect(geometryOf(network({ inputs: 1, layers }), 256).sharesRows).toBe(false);
  });

  it.each(Object.keys(golden))("have PyTorch's outputs and gradients, readable and on the kernels: %s", (name) => {
    const { layer, theta, outputs, dTheta, ...data } = golden[name];
    const [X, Y] = [Matrix.from(data.X), Matrix.from(data.Y)];
    const spec = { inputs: X.rows, layers: [layer, dense(1, "linear")] };
    const model = networkWith(spec, Float64Array.from(theta));
    const pass = forward(model, X);
    expect(farthest(pass.output.data, outputs.flat())).toBeLessThan(1e-13);
    expect(farthest(backward(model, pass.cache, Y).dTheta, dTheta)).toBeLessThan(1e-12);
    const plan = wasmEngine.plan(model, { capacity: X.columns });
    plan.load({ X, Y, from: 0, count: X.columns });
    plan.step();
    expect(farthest(plan.dTheta, dTheta)).toBeLessThan(1e-12);
    plan.release();
    expect(farthest(predict(model, X).data, outputs.flat())).toBeLessThan(1e-13);
  });
});

describe("embedding", () => {
  const layers = [{ type: "embedding", sizes: [2, 3], dimension: [1, 2] }, dense(1, "linear")] as const;
  // Tables (10, 20) and ((1, 2), (3, 4), (5, 6)); W1 = (1, 1, 1), b1 = 0
  const model = networkWith({ inputs: 2, layers }, Float64Array.of(10, 20, 1, 2, 3, 4, 5, 6, 1, 1, 1, 0));

  it("puts rows of its tables in the place of codes", () => {
    expect(model.layout.map(({ name }) => name)).toEqual(["E1", "W1", "b1"]);
    const X = Matrix.from([
      [0, 1, 1],
      [2, 0, 2],
    ]);
    // 10 + 5 + 6, 20 + 1 + 2, 20 + 5 + 6
    expect(predict(model, X).toArray()).toEqual([[21, 23, 31]]);
    const { gradients } = backward(model, forward(model, X).cache, Matrix.row([20.5, 23, 30.5]));
    // 2 (a − y) / 3 = (1/3, 0, 1/3), summed by code
    expect(gradients.dE1.toArray().flat()).toEqual([1 / 3, 1 / 3, 0, 0, 0, 0, 2 / 3, 2 / 3]);
  });

  it("starts from N(0, 1), code after code, or as it is told", () => {
    const drawn = new RandomState(4).randn(1, 2);
    const one = network({
      inputs: 1,
      layers: [{ type: "embedding", sizes: [2], dimension: 1 }, dense(1, "linear")],
      seed: 4,
    });
    expect(Array.from(one.parameters.E1.data)).toEqual(Array.from(drawn.data));
    const initializer = { type: "constant", value: 3 } as const;
    const told = network({
      inputs: 1,
      layers: [{ type: "embedding", sizes: [2], dimension: 1, initializer }, dense(1, "linear")],
    });
    expect(told.parameters.E1.toArray()).toEqual([[3], [3]]);
  });

  it("refuses codes it does not know before a training, a prediction and a pass, with their place", async () => {
    const bad = Matrix.from([
      [0, 1, 1],
      [2, 3, 0],
    ]);
    const said = "feature 1 of example 1 is 3; the embedding knows the codes 0 to 2";
    expect(errorOf(() => predict(model, bad))).toBe(`predict(): X: ${said}`);
    expect(errorOf(() => forward(model, bad))).toBe(`forward(): X: ${said}`);
    const data = { X: bad, Y: Matrix.row([0, 0, 0]), featureNames: ["size", "country"] };
    await expect(train(model, data, { iterations: 1 })).rejects.toThrow(
      "train(): data: country of example 1 is 3; the embedding knows the codes 0 to 2",
    );
    for (const code of [0.5, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(errorOf(() => predict(model, Matrix.column([code, 0])))).toContain(`feature 0 of example 0 is ${code}`);
    }
  });

  it("refuses dropout of its codes", async () => {
    const data = {
      X: Matrix.from([
        [0, 1],
        [0, 2],
      ]),
      Y: Matrix.row([0, 1]),
    };
    await expect(train(model, data, { iterations: 1, inputKeep: 0.9 })).rejects.toThrow(
      "train(): inputKeep 0.9 would turn codes of categories into other codes",
    );
  });

  it("says what is wrong with it", () => {
    const parse = (layer: unknown, inputs = 2): string =>
      errorOf(() => parseNetworkSpec({ inputs, layers: [layer, dense(1, "linear")] }));
    expect(parse({ type: "embedding", sizes: [], dimension: 1 })).toBe(
      "network(): layer 1: sizes must be an array with the number of codes of each row, such as [3, 7], got []",
    );
    expect(parse({ type: "embedding", sizes: [3, 0], dimension: 1 })).toBe(
      "network(): layer 1: sizes[1] must be a whole number of at least 1 and of at most 16777216, got 0",
    );
    expect(parse({ type: "embedding", sizes: [3, 3], dimension: [1] })).toBe(
      "network(): layer 1: dimension must be one number, or one for each of the 2 sizes, got 1",
    );
    expect(parse({ type: "embedding", sizes: [2 ** 24, 1], dimension: 64 })).toBe(
      "network(): layer 1: the tables of the embedding hold 1073741888 numbers, at most 268435456 (2 GiB in float64); " +
        "use a smaller dimension or fewer codes",
    );
    expect(parse({ type: "embedding", sizes: [3, 3], dimension: 1 }, 3)).toBe(
      "layer 1 (embedding): sizes are for 2 rows, the input has 3; give one entry a row",
    );
    const late = [dense(1, "relu"), { type: "embedding", sizes: [3], dimension: 1 }, dense(1, "linear")];
    expect(errorOf(() => parseNetworkSpec({ inputs: 2, layers: late }))).toBe(
      "layer 2 (embedding): the input must be codes of categories, which have to be features, and is computed by relu1; " +
        "put the layer first, or into a concatenation's branch of its own",
    );
  });
});

describe("periodic embedding", () => {
  it("is as exact at a million as beside 0: whole turns cost no digits", () => {
    const layers = [{ type: "periodic", frequencies: 1, dimension: 1 }, dense(1, "linear")] as const;
    // f = 1, phase = 0, map = 1, shift = 0; W takes the map alone
    const model = networkWith({ inputs: 1, layers }, Float64Array.of(1, 0, 1, 0, 1, 0, 0));
    const x = [0, 0.125, 0.25, 1e6, 1e6 + 0.125, 2 ** 40 + 0.25, -1e9 - 0.5];
    const exact = [1, Math.SQRT1_2, 0, 1, Math.SQRT1_2, 0, -1];
    expect(farthest(predict(model, Matrix.row(x)).data, exact)).toBeLessThan(2e-16);
    expect(farthest(forward(model, Matrix.row(x)).output.data, exact)).toBeLessThan(2e-16);
  });

  it("starts from N(0, scale²), phases within half a turn, in the order of NumPy's calls", () => {
    const layers = [{ type: "periodic", frequencies: 4, dimension: 2, scale: 0.5 }, dense(1, "linear")] as const;
    const { parameters } = network({ inputs: 2, layers, seed: 1 });
    const random = new RandomState(1);
    const f = random.randn(2, 4).data.map((z) => z * 0.5);
    expect(parameters.frequency1.data).toEqual(f);
    const phase = random.rand(2, 4).data.map((u) => -Math.PI + 2 * Math.PI * u);
    expect(parameters.phase1.data).toEqual(phase);
    expect(parameters.map1.data).toEqual(random.rand(8, 2).data.map((u) => -0.5 + u));
    expect(parameters.shift1.data).toEqual(random.rand(4, 1).data.map((u) => -0.5 + u));
  });

  it("refuses a scale that is not finite, and no frequencies", () => {
    const parse = (layer: object): string =>
      errorOf(() => parseNetworkSpec({ inputs: 1, layers: [{ type: "periodic", ...layer }, dense(1, "linear")] }));
    expect(parse({ scale: Number.POSITIVE_INFINITY })).toBe(
      "network(): layer 1: scale must be a finite number above 0 and of at most 1000000, got Infinity",
    );
    expect(parse({ frequencies: 0 })).toBe(
      "network(): layer 1: frequencies must be a whole number of at least 1 and of at most 4096, got 0",
    );
  });
});

describe("piecewise-linear encoding", () => {
  const edges = [[0, 1, 3]];
  const encoded = (x: number): number[] => {
    const layers: LayerSpec[] = [{ type: "piecewiseLinear", edges }, dense(2, "linear")];
    const model = networkWith({ inputs: 1, layers }, Float64Array.of(1, 0, 0, 1, 0, 0));
    return Array.from(predict(model, Matrix.row([x])).data);
  };

  it("fills bin after bin, and goes on beyond the outer edges", () => {
    expect(encoded(-1)).toEqual([-1, 0]);
    expect(encoded(0)).toEqual([0, 0]);
    expect(encoded(0.5)).toEqual([0.5, 0]);
    expect(encoded(1)).toEqual([1, 0]);
    expect(encoded(2)).toEqual([1, 0.5]);
    expect(encoded(5)).toEqual([1, 2]);
  });

  it("is continuous, increases, and tells any two numbers apart", () => {
    const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    const distinct = fc.uniqueArray(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(distinct, number, number, (some, a, b) => {
        const sorted = some.sort((p, q) => p - q);
        const layers: LayerSpec[] = [{ type: "piecewiseLinear", edges: [sorted] }, dense(1, "linear")];
        const bins = sorted.length - 1;
        const widths = sorted.slice(1).map((edge, t) => edge - sorted[t]);
        // Σ width · share + the first edge is x again.
        const theta = Float64Array.of(...widths, sorted[0]);
        expect(theta.length).toBe(bins + 1);
        const back = predict(networkWith({ inputs: 1, layers }, theta), Matrix.row([a, b])).data;
        expect(back[0]).toBeCloseTo(a, 9);
        expect(back[1]).toBeCloseTo(b, 9);
      }),
      { numRuns: 50 },
    );
  });

  it("says what is wrong with its edges", () => {
    const parse = (of: unknown, inputs = 1): string =>
      errorOf(() => parseNetworkSpec({ inputs, layers: [{ type: "piecewiseLinear", edges: of }, dense(1, "linear")] }));
    expect(parse([[0, 1, 1]])).toBe(
      "network(): layer 1: edges[0] must increase, got 1 after 1; leave repeated edges out",
    );
    expect(parse([[-1e308, 1e308]])).toBe(
      "network(): layer 1: edges[0]: the bin from -1e+308 to 1e+308 is wider than any number; scale the feature",
    );
    expect(parse([[0]])).toBe("network(): layer 1: edges[0] must be an array of 2 to 4097 increasing numbers, got [0]");
    expect(parse([[0, Number.NaN]])).toBe("network(): layer 1: edges[0][1] must be a finite number, got NaN");
    expect(parse([[0, 1]], 2)).toBe(
      "layer 1 (piecewiseLinear): edges are for 1 row, the input has 2; give one entry a row",
    );
  });
});
