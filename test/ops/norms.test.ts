import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { predict } from "../../src/engine/predict.js";
import { readableEngine } from "../../src/engine/readable/readableEngine.js";
import { wasmEngine } from "../../src/engine/wasm/wasmEngine.js";
import { backward } from "../../src/network/backward.js";
import { batchNorm } from "../../src/network/batchNorm.js";
import { cost } from "../../src/network/cost.js";
import { dense } from "../../src/network/dense.js";
import { forward } from "../../src/network/forward.js";
import { layerNorm } from "../../src/network/layerNorm.js";
import { type Network, network, networkWith } from "../../src/network/network.js";
import { parseNetworkSpec } from "../../src/network/parseSpec.js";
import { scaling } from "../../src/network/scaling.js";
import type { LayerSpec } from "../../src/network/spec.js";
import { startThreads } from "../../src/node/startThreads.js";
import { RandomState } from "../../src/random/randomState.js";
import { train } from "../../src/training/train.js";
import { targetsFor } from "../problems.js";

/** PyTorch 1.13, made by test/fixtures/norms.py. */
interface Golden {
  readonly layer: LayerSpec;
  readonly X: number[][];
  readonly Y: number[][];
  readonly theta: number[];
  readonly first: { readonly outputs: number[]; readonly dTheta: number[]; readonly state: number[] };
  readonly learningRate: number;
  readonly steps: number;
  readonly last: { readonly theta: number[]; readonly state: number[]; readonly outputs: number[] };
}
const golden = JSON.parse(readFileSync(new URL("../fixtures/norms.json", import.meta.url), "utf8")) as Readonly<
  Record<string, Golden>
>;

function farthest(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  let most = 0;
  for (let k = 0; k < expected.length; k++) most = Math.max(most, Math.abs(found[k] - expected[k]));
  return most;
}

/** A network of this layer alone behind the identity, with a linear unit after it. */
const aloneOn = (inputs: number, layer: LayerSpec): Network =>
  network({ inputs, layers: [layer, dense(1, "linear")], initializer: { type: "constant", value: 1 } }) as Network;

/** What the layer makes of X: the value after X and what dropout leaves of it. */
const outputOf = (model: Network, X: Matrix, training: boolean): number[][] =>
  forward(model, X, { training })
    .cache.values[2].toArray()
    .map((row) => row.map((value) => Math.round(value * 1e6) / 1e6));

describe("norms and scaling, by PyTorch's numbers", () => {
  it.each(Object.keys(golden))("in a pass of training: %s", (name) => {
    const { layer, theta, first, ...data } = golden[name];
    const [X, Y] = [Matrix.from(data.X), Matrix.from(data.Y)];
    const model = networkWith(
      { inputs: X.rows, layers: [dense(4, "tanh"), layer, dense(1, "linear")] },
      Float64Array.from(theta),
    );
    const pass = forward(model, X, { training: true });
    expect(farthest(pass.output.data, first.outputs)).toBeLessThan(1e-13);
    expect(farthest(pass.state, first.state)).toBeLessThan(1e-13);
    expect(farthest(backward(model, pass.cache, Y).dTheta, first.dTheta)).toBeLessThan(1e-12);
    const plan = wasmEngine.plan(model, { capacity: X.columns });
    plan.load({ X, Y, from: 0, count: X.columns });
    plan.step();
    expect(farthest(plan.nextState, first.state)).toBeLessThan(1e-13);
    expect(farthest(plan.dTheta, first.dTheta)).toBeLessThan(1e-12);
    plan.release();
  });

  it.each(
    Object.keys(golden).flatMap((name) => (["wasm", "readable"] as const).map((engine) => [name, engine] as const)),
  )("after a run, in its predictions: %s, %s", async (name, engine) => {
    const { layer, theta, last, learningRate, steps, ...data } = golden[name];
    const [X, Y] = [Matrix.from(data.X), Matrix.from(data.Y)];
    const layers = [dense(4, "tanh"), layer, dense(1, "linear")];
    const model = networkWith({ inputs: X.rows, layers }, Float64Array.from(theta));
    await train(model, { X, Y }, { optimizer: "gradientDescent", learningRate, iterations: steps, engine });
    expect(farthest(model.theta, last.theta)).toBeLessThan(1e-12);
    expect(farthest(model.state, last.state)).toBeLessThan(1e-12);
    expect(farthest(predict(model, X, { engine }).data, last.outputs)).toBeLessThan(1e-12);
  });
});

describe("batch norm, by hand", () => {
  const model = aloneOn(1, batchNorm({ momentum: 0.25, epsilon: 1e-12 }));
  // Mean 5, distances −3, −1, 1, 3: variance 20/4 = 5, over m − 1 20/3.
  const X = Matrix.row([2, 4, 6, 8]);

  it("takes the statistics of the batch in training", () => {
    const far = Math.round((3 / Math.sqrt(5)) * 1e6) / 1e6;
    const near = Math.round((1 / Math.sqrt(5)) * 1e6) / 1e6;
    expect(outputOf(model, X, true)).toEqual([[-far, -near, near, far]]);
    // From 0 and 1: 3/4 · 0 + 1/4 · 5, 3/4 · 1 + 1/4 · 20/3.
    const { state } = forward(model, X, { training: true });
    expect(farthest(state, [1.25, 0.75 + 20 / 12])).toBeLessThan(1e-15);
    expect(Array.from(model.state)).toEqual([0, 1]);
  });

  it("takes the running averages in prediction", () => {
    model.state.set([4, 16]);
    expect(outputOf(model, X, false)).toEqual([[-0.5, 0, 0.5, 1]]);
    model.state.set([0, 1]);
  });

  it("has the gradient of the function that the pass computed", () => {
    // y = γ x̂ + β, then w y + c with w = 1: Σ dy of a cost that is the mean of the outputs' squares less targets.
    const Y = Matrix.row([0, 0, 0, 4]);
    for (const training of [true, false]) {
      const at = (k: number, h: number): number => {
        const moved = networkWith(model.spec, model.theta.slice());
        moved.theta[k] += h;
        moved.state.set([4, 16]);
        return cost(moved, forward(moved, X, { training }), Y).cost;
      };
      const here = networkWith(model.spec, model.theta.slice());
      here.state.set([4, 16]);
      const { dTheta } = backward(here, forward(here, X, { training }).cache, Y);
      const slopes = Array.from(dTheta, (_, k) => (at(k, 1e-6) - at(k, -1e-6)) / 2e-6);
      expect(farthest(dTheta, slopes)).toBeLessThan(1e-8);
    }
  });
});

describe("layer norm and scaling, by hand", () => {
  it("norm each example over its features", () => {
    // (1, 3): mean 2, variance 1; (0, 4): mean 2, variance 4; (5, 5): no variance.
    const X = Matrix.from([
      [1, 0, 5],
      [3, 4, 5],
    ]);
    const model = aloneOn(2, layerNorm({ epsilon: 1e-12 }));
    model.parameters.gamma1.data.set([2, 3]);
    model.parameters.beta1.data.set([10, 20]);
    const expected = [
      [8, 8, 10],
      [23, 23, 20],
    ];
    for (const training of [true, false]) expect(outputOf(model, X, training)).toEqual(expected);
  });

  it("scale each feature", () => {
    const model = aloneOn(2, scaling());
    const X = Matrix.from([
      [1, 2],
      [3, 4],
    ]);
    expect(outputOf(model, X, false)).toEqual(X.toArray());
    model.parameters.s1.data.set([10, -1]);
    expect(outputOf(model, X, true)).toEqual([
      [10, 20],
      [-3, -4],
    ]);
  });
});

describe("the output of a norm", () => {
  const anyX = fc.record({
    rows: fc.integer({ min: 2, max: 9 }),
    examples: fc.integer({ min: 2, max: 70 }),
    seed: fc.integer({ min: 0, max: 1000 }),
    shift: fc.double({ min: -100, max: 100, noNaN: true }),
    stretch: fc.double({ min: 0.1, max: 100, noNaN: true }),
  });
  const moments = (values: readonly number[]): [number, number] => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length];
  };
  const expectStandard = (values: readonly number[]): void => {
    const [mean, variance] = moments(values);
    expect(Math.abs(mean)).toBeLessThan(1e-10);
    expect(variance).toBeLessThan(1 + 1e-9);
    expect(variance).toBeGreaterThan(0.99);
  };

  it("has mean 0 and variance 1: of each feature over the batch, of each example over its features", () => {
    fc.assert(
      fc.property(anyX, ({ rows, examples, seed, shift, stretch }) => {
        const X = new RandomState(seed).randn(rows, examples);
        for (let k = 0; k < X.data.length; k++) X.data[k] = shift + stretch * X.data[k];
        const epsilon = 1e-12;
        const byBatch = forward(aloneOn(rows, batchNorm({ epsilon })), X, { training: true }).cache.values[2];
        for (const row of byBatch.toArray()) expectStandard(row);
        const byExample = forward(aloneOn(rows, layerNorm({ epsilon })), X).cache.values[2].toArray();
        for (let j = 0; j < examples; j++) expectStandard(byExample.map((row) => row[j]));
      }),
      { numRuns: 50 },
    );
  });

  it("does not change where X is moved and stretched", () => {
    fc.assert(
      fc.property(anyX, ({ rows, examples, seed, shift, stretch }) => {
        const X = new RandomState(seed).randn(rows, examples);
        // Where all that a norm takes is nearly alike, ε counts beside the variance, and moves the output as it is meant to.
        const columns = Array.from({ length: examples }, (_, j) => X.selectColumns([j]).data);
        const taken = [...Array.from({ length: rows }, (_, i) => X.rowData(i)), ...columns];
        fc.pre(taken.every((values) => Math.max(...values) - Math.min(...values) > 0.01));
        const moved = X.as("float64");
        for (let k = 0; k < X.data.length; k++) moved.data[k] = shift + stretch * X.data[k];
        for (const norm of [batchNorm({ epsilon: 1e-14 }), layerNorm({ epsilon: 1e-14 })]) {
          const model = aloneOn(rows, norm);
          const [a, b] = [X, moved].map((of) => forward(model, of, { training: true }).cache.values[2]);
          expect(farthest(a.data, b.data)).toBeLessThan(1e-5);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("the kernels of norms and scaling", () => {
  const threads = startThreads(3);
  afterAll(() => threads.close());

  // Large, since two examples, or two features, may be nearly alike: a norm magnifies how they were rounded.
  const epsilon = 0.1;
  const anyProblem = fc.record({
    norms: fc.array(fc.constantFrom<LayerSpec>(batchNorm({ epsilon }), layerNorm({ epsilon }), scaling()), {
      minLength: 1,
      maxLength: 3,
    }),
    units: fc.constantFrom(2, 3, 17, 70),
    inputs: fc.constantFrom(2, 5, 66),
    // Of one tile that is not full, of several, and wide ones; a number that fills no vector.
    examples: fc.constantFrom(2, 3, 5, 64, 65, 130, 257),
    dtype: fc.constantFrom("float64" as const, "float32" as const),
    seed: fc.integer({ min: 0, max: 1000 }),
  });

  it("give the readable form's numbers, however many tiles there are, and the same bits on three threads", () => {
    fc.assert(
      fc.property(anyProblem, ({ norms, units, inputs, examples, dtype, seed }) => {
        const layers = norms.flatMap((norm) => [dense(units, "tanh"), norm]);
        const model = network({ inputs, layers: [...layers, dense(2, "sigmoid")], dtype, seed });
        const random = new RandomState(seed);
        for (const { role, offset, rows } of model.layout) {
          if (role !== "W") model.theta.set(random.randn(rows, 1).data, offset);
        }
        const X = random.randn(inputs, examples).as(dtype);
        const Y = targetsFor("binaryCrossEntropy", 2, examples, random).as(dtype);
        const [found, shared, expected] = [wasmEngine, threads, readableEngine].map((engine) => {
          const plan = engine.plan(model as Network, { capacity: examples });
          plan.load({ X, Y, from: 0, count: examples });
          const step = plan.step();
          const trained = [step, ...plan.dTheta, ...plan.nextState];
          const evaluated = [plan.cost(), ...plan.output];
          plan.release();
          return { trained, evaluated };
        });
        expect(shared).toEqual(found);
        const scale = 1 + farthest(expected.trained, new Float64Array(expected.trained.length));
        const tolerance = dtype === "float64" ? 1e-12 : 1e-4;
        expect(farthest(found.trained, expected.trained)).toBeLessThan(tolerance * scale);
        expect(farthest(found.evaluated, expected.evaluated)).toBeLessThan(tolerance);
      }),
      { numRuns: 150 },
    );
  });
});

describe("specifications of norms and scaling", () => {
  const errorOf = (layer: unknown, inputs = 2): string => {
    try {
      parseNetworkSpec({ inputs, layers: [layer, dense(1, "linear")] });
    } catch (error) {
      if (error instanceof Error) return error.message;
    }
    throw new Error("expected an error");
  };

  it.each([
    [{ type: "batchNorm", momentum: 0 }, "layer 1: momentum must be a finite number above 0 and of at most 1, got 0"],
    [{ type: "batchNorm", momentum: 1.5 }, "layer 1: momentum must be"],
    [{ type: "batchNorm", epsilon: 0 }, "layer 1: epsilon must be a finite number above 0, got 0"],
    [{ type: "batchNorm", epsilon: "1" }, "layer 1: epsilon must be"],
    [{ type: "batchNorm", eps: 1 }, "eps"],
    [{ type: "layerNorm", epsilon: -1 }, "layer 1: epsilon must be a finite number above 0, got -1"],
    [{ type: "layerNorm", momentum: 0.1 }, "momentum"],
    [{ type: "scaling", factor: 2 }, "factor"],
  ])("are refused where they are wrong: %j", (layer, message) => {
    expect(errorOf(layer)).toContain(message);
  });

  it("are refused by the functions that make them, too", () => {
    expect(() => batchNorm({ momentum: 2 })).toThrow("batchNorm(): momentum must be");
    expect(() => batchNorm({ epsilon: Number.NaN })).toThrow("batchNorm(): epsilon must be");
    expect(() => layerNorm({ epsilon: 0 })).toThrow("layerNorm(): epsilon must be");
  });

  it("need two features for a layer norm", () => {
    expect(errorOf({ type: "layerNorm" }, 1)).toContain("layer 1 (layerNorm): it needs at least 2 features, got 1");
  });

  it("keep what they are given, and no more", () => {
    const layers = [batchNorm({ momentum: 0.2 }), batchNorm(), layerNorm({ epsilon: 1e-3 }), scaling()];
    expect(parseNetworkSpec({ inputs: 2, layers: [...layers, dense(1, "linear")] }).layers.slice(0, 4)).toEqual(layers);
  });
});
