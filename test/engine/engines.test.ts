import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { plainEngine } from "../../src/engine/plain/plainEngine.js";
import { predict } from "../../src/engine/predict.js";
import { wasmEngine } from "../../src/engine/wasm/wasmEngine.js";
import { backward } from "../../src/network/backward.js";
import { cost } from "../../src/network/cost.js";
import { dense } from "../../src/network/dense.js";
import { type DropoutMasks, forward } from "../../src/network/forward.js";
import { network } from "../../src/network/network.js";
import type { ActivationSpec, LossName } from "../../src/network/spec.js";
import { RandomState } from "../../src/random/randomState.js";
import { maskOf, targetsFor } from "../problems.js";

// Every engine runs this suite.
const engines = [plainEngine, wasmEngine];

const hidden = fc.constantFrom<ActivationSpec>("sigmoid", "tanh", "relu", "leakyRelu", "linear", {
  type: "leakyRelu",
  slope: 0.3,
});
const head = fc.constantFrom<readonly [ActivationSpec, LossName, number]>(
  ["sigmoid", "binaryCrossEntropy", 1],
  ["sigmoid", "binaryCrossEntropy", 3],
  ["softmax", "categoricalCrossEntropy", 4],
  ["softmax", "meanSquaredError", 2],
  ["linear", "meanSquaredError", 2],
  ["tanh", "meanSquaredError", 1],
  ["relu", "meanSquaredError", 1],
);
const problem = fc.record({
  inputs: fc.integer({ min: 1, max: 9 }),
  hidden: fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), hidden), { maxLength: 4 }),
  head,
  m: fc.integer({ min: 1, max: 40 }),
  dtype: fc.constantFrom("float64" as const, "float32" as const),
  keep: fc.constantFrom(1, 0.7),
  inputKeep: fc.constantFrom(1, 0.8),
  weighted: fc.boolean(),
  seed: fc.integer({ min: 0, max: 1000 }),
});

describe.each(engines.map((engine) => [engine.name, engine] as const))("engine %s", (_name, engine) => {
  it("gives the numbers of the readable forward and backward pass on random networks", () => {
    fc.assert(
      fc.property(problem, (p) => {
        const [activation, loss, outputs] = p.head;
        const model = network({
          inputs: p.inputs,
          layers: [...p.hidden.map(([units, g]) => dense(units, g, { bias: 0.1 })), dense(outputs, activation)],
          initializer: "xavier",
          loss,
          dtype: p.dtype,
          seed: p.seed,
        });
        const random = new RandomState(p.seed);
        const X = random.randn(p.inputs, p.m).as(p.dtype); // (features × examples)
        const Y = targetsFor(loss, outputs, p.m, random).as(p.dtype); // (outputs × examples)
        const weights = p.weighted ? random.rand(1, p.m) : undefined;
        const keep = [p.inputKeep, ...p.hidden.map(() => p.keep)];
        const plan = engine.plan(model, { capacity: p.m + 3, keep });
        plan.load({ X, Y, from: 0, count: p.m, ...(weights && { weights: weights.data }) });
        const masks: DropoutMasks = plan.masks.map((mask, l) => {
          if (mask === undefined) return undefined;
          const rows = l === 0 ? p.inputs : model.layers[l - 1].units;
          const D = maskOf(rows, p.m, keep[l], random);
          mask.set(D.data);
          return { D, keep: keep[l] };
        });

        const pass = forward(model, X, masks);
        const oracle = {
          ...cost(model, pass, Y, weights && { weights }),
          ...backward(model, pass.cache, Y, weights && { weights }),
        };
        const dataCost = plan.step();
        // float64: sums of up to 40 terms in another order differ by some 40 u ≈ 5e-15 a layer; float32 by 40 · 6e-8.
        const tolerance = p.dtype === "float64" ? 1e-12 : 2e-4;
        expect(Math.abs(dataCost - oracle.dataCost)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(oracle.dataCost)));
        const size = Math.max(1e-3, ...Array.from(oracle.dTheta, Math.abs));
        for (let k = 0; k < oracle.dTheta.length; k++) {
          expect(Math.abs(plan.dTheta[k] - oracle.dTheta[k])).toBeLessThanOrEqual(tolerance * size);
        }

        // Without dropout, as for prediction and validation.
        const clean = forward(model, X);
        expect(Math.abs(plan.cost() - cost(model, clean, Y, weights && { weights }).dataCost)).toBeLessThanOrEqual(
          tolerance * (1 + Math.abs(dataCost)),
        );
        for (let k = 0; k < clean.output.data.length; k++) {
          expect(Math.abs(plan.output[k] - clean.output.data[k])).toBeLessThanOrEqual(tolerance * 10);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("loads the examples asked for, in their order", () => {
    const model = network({ inputs: 1, layers: [dense(1, "linear")], initializer: { type: "constant", value: 1 } });
    const plan = engine.plan(model, { capacity: 3 });
    const X = Matrix.row([10, 20, 30, 40, 50]);
    plan.load({ X, Y: X, indices: [4, 0, 3, 2], from: 1, count: 3 });
    plan.forward();
    expect(Array.from(plan.output.subarray(0, 3))).toEqual([10, 40, 30]);
    plan.load({ X, Y: X, from: 2, count: 2 });
    plan.forward();
    expect(Array.from(plan.output.subarray(0, 2))).toEqual([30, 40]);
    expect(() => plan.load({ X, from: 0, count: 4 })).toThrow("holds 3 examples a batch, got 4");
    expect(() => plan.load({ X: Matrix.zeros(2, 3), from: 0, count: 3 })).toThrow("takes 1 features");
  });

  it("lets NaN and Infinity through to the cost", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      for (const activation of ["relu", "leakyRelu", "tanh", "sigmoid", "linear"] as const) {
        const model = network({ inputs: 1, layers: [dense(2, activation), dense(1, "linear")], seed: 1 });
        model.parameters.W2.data[0] = bad;
        model.parameters.b1.data.fill(1);
        const plan = engine.plan(model, { capacity: 1 });
        plan.load({ X: Matrix.row([1]), Y: Matrix.row([0]), from: 0, count: 1 });
        expect(Number.isFinite(plan.step())).toBe(false);
      }
    }
  });
});

describe("predict", () => {
  it("does not depend on how the examples are cut into passes", () => {
    const model = network({ inputs: 3, layers: [dense(7, "tanh"), dense(2, "softmax")], seed: 4 });
    const X = new RandomState(1).randn(3, 2500);
    const P = predict(model, X);
    expect(P.shape).toEqual([2, 2500]);
    for (const j of [0, 1023, 1024, 2047, 2048, 2499]) {
      const alone = predict(model, X.selectColumns([j]));
      expect([P.get(0, j), P.get(1, j)]).toEqual(Array.from(alone.data));
    }
    expect(predict(model, Matrix.zeros(3, 0)).shape).toEqual([2, 0]);
    expect(() => predict(model, Matrix.zeros(2, 4))).toThrow("takes 3 features, got a 2 × 4 matrix");
  });
});
