import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { Normalizer } from "../../src/data/normalizer.js";
import { TableEncoder } from "../../src/data/tableEncoder.js";
import { predict } from "../../src/engine/predict.js";
import type { Model } from "../../src/formats/model.js";
import { parseModel, serializeModel } from "../../src/formats/modelFile.js";
import { predictRaw, predictTable } from "../../src/formats/predictModel.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";
import { hiddenActivations } from "../../src/ops/names.js";
import * as alone from "../../src/predict/index.js";

const X = Matrix.from([
  [0.5, -1, 2, 3, -40],
  [4, 1e-9, -0.5, 2, 7],
]);
const dtypes = ["float64", "float32"] as const;

/** A model that uses all there is: a network of every activation, normalizers. */
function modelOf(dtype: (typeof dtypes)[number]): Model {
  const layers = [...hiddenActivations.map((name) => dense(5, name)), dense(2, "linear")];
  const model = network({ inputs: 2, layers, initializer: "xavier", dtype, seed: 4 });
  return { network: model, normalizer: Normalizer.fit(X), targetNormalizer: Normalizer.fit(X) };
}

describe.each(dtypes)("gradproof/predict in %s", (dtype) => {
  const bytes = serializeModel(modelOf(dtype));
  const [whole, small] = [parseModel(bytes), alone.parseModel(bytes)];

  it.each(["wasm", "readable"] as const)("predicts on %s what gradproof predicts, to the last bit", (engine) => {
    const expected = predict(whole.network, X.as(dtype), { engine });
    expect(alone.predict(small.network, X.as(dtype), { engine })).toEqual(expected);
    const predictor = new alone.Predictor(small.network, { engine });
    expect(predictor.engine).toBe(engine);
    expect(Array.from(predictor.one([2, -0.5]))).toEqual([expected.get(0, 2), expected.get(1, 2)]);
    predictor.release();
  });

  it("predicts from raw features", () => {
    expect(alone.predictRaw(small, X)).toEqual(predictRaw(whole, X));
  });
});

it("gradproof/predict predicts the rows of a table", () => {
  const numeric = (name: string, ...values: number[]) =>
    ({ kind: "numeric", name, values: Float64Array.from(values) }) as const;
  const encoder = TableEncoder.fit(
    { rows: 3, columns: [numeric("x", 1, 2, 3), numeric("y", 0, 1, 1)] },
    { target: "y" },
  );
  const bytes = serializeModel({ network: network({ inputs: 1, layers: [dense(1, "sigmoid")], seed: 1 }), encoder });
  const table = { rows: 2, columns: [numeric("x", -4, 5)] };
  const predicted = alone.predictTable(alone.parseModel(bytes), table);
  expect(predicted).toEqual(predictTable(parseModel(bytes), table));
  expect(predicted.labels).toHaveLength(2);
});

it("gradproof/predict leaves the summary of the training aside", () => {
  const summary = {
    training: {},
    stopped: "finished",
    iterations: 1,
    epochs: 1,
    trainingExamples: 1,
    metrics: {},
  } as const;
  const bytes = serializeModel({ ...modelOf("float64"), summary });
  expect(parseModel(bytes).summary).toBeDefined();
  expect(alone.parseModel(bytes)).not.toHaveProperty("summary");
});

describe("gradproof/predict without WebAssembly", () => {
  const fresh = async (): Promise<typeof alone> => {
    vi.resetModules();
    return import("../../src/predict/index.js");
  };
  beforeAll(() => {
    vi.stubGlobal("WebAssembly", undefined);
  });
  afterAll(() => {
    vi.unstubAllGlobals();
  });

  it("predicts by the readable engine, which the console is told once, and never replaces one that was asked for", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const there = await fresh();
    const model = there.parseModel(serializeModel(modelOf("float64")));
    expect(new there.Predictor(model.network).engine).toBe("readable");
    const outputs = there.predict(model.network, new there.Matrix(2, 5, X.data));
    expect(Array.from(outputs.data)).toEqual(
      Array.from(predict(modelOf("float64").network, X, { engine: "readable" }).data),
    );
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/^gradproof: WebAssembly cannot be used, so the engine readable computes, slower/)],
    ]);
    expect(() => new there.Predictor(model.network, { engine: "wasm" })).toThrow(/engine wasm cannot be used/);
    warn.mockRestore();
  });
});
