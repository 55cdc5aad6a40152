import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DType } from "../../../src/array/floatArray.js";
import type { Matrix } from "../../../src/array/matrix.js";
import type { Engine } from "../../../src/engine/plan.js";
import { backward } from "../../../src/network/backward.js";
import { cost } from "../../../src/network/cost.js";
import { dense } from "../../../src/network/dense.js";
import { forward } from "../../../src/network/forward.js";
import type { Network } from "../../../src/network/network.js";
import { type BatchNormSpec, batchNorm } from "../../../src/ops/layer/batchNorm/batchNorm.js";
import type { DenseSpec } from "../../../src/ops/layer/dense/dense.js";
import type { Shape } from "../../../src/ops/op.js";
import { RandomState } from "../../../src/random/randomState.js";
import { targetsFor } from "../../problems.js";
import { networkOf, skeletonEngines } from "./build.js";
import { type Conv2dSpec, conv2d } from "./layer/conv2d/conv2d.js";
import { type ResidualSpec, residual } from "./layer/residual/residual.js";

// What is hard for the contract of an operation, as folders of the form that src/ops/ has: a pass that needs the whole batch
// and state that is not trained (batch norm), images (convolution), several inputs (residual).
const definitions = { batchNorm, conv2d, residual };

/** Of one of the types above; the layers themselves say what else they hold. */
type AnyLayer = DenseSpec | BatchNormSpec | Conv2dSpec | ResidualSpec;

interface Case {
  readonly input: Shape;
  readonly layers: readonly AnyLayer[];
}

const image = { rows: 40, image: { height: 4, width: 5, channels: 2 } };
const norm: BatchNormSpec = { type: "batchNorm" };

const cases: Readonly<Record<string, Case>> = {
  "batch norm, between dense layers": { input: { rows: 3 }, layers: [dense(6, "linear"), norm, dense(4, "tanh")] },
  "batch norm, first and last and twice": { input: { rows: 3 }, layers: [norm, dense(5, "sigmoid"), norm, norm] },
  "batch norm, wide": { input: { rows: 60 }, layers: [dense(70, "tanh"), norm, dense(65, "sigmoid")] },
  "convolution, valid": { input: image, layers: [{ type: "conv2d", channels: 3, size: 3, padding: "valid" }] },
  "convolution, same, even, two": {
    input: image,
    layers: [
      { type: "conv2d", channels: 3, size: 2, padding: "same" },
      { type: "conv2d", channels: 2, size: 3, padding: "same" },
    ],
  },
  residual: {
    input: { rows: 4 },
    layers: [dense(5, "tanh"), { type: "residual", layers: [dense(7, "sigmoid"), dense(5, "linear")] }],
  },
  "residual, on X, nested, with batch norm within": {
    input: { rows: 4 },
    layers: [
      { type: "residual", layers: [dense(4, "tanh"), norm, { type: "residual", layers: [dense(4, "tanh")] }] },
      dense(3, "tanh"),
    ],
  },
};
const names = Object.keys(cases);

function problemOf(name: string, dtype: DType, examples: number): { model: Network; X: Matrix; Y: Matrix } {
  const { input, layers } = cases[name];
  const random = new RandomState(7);
  const specs = [...layers, dense(2, "sigmoid")];
  const model = networkOf(input, specs, definitions, { loss: "binaryCrossEntropy", dtype, random });
  const X = random.randn(input.rows, examples).as(dtype);
  return { model, X, Y: targetsFor("binaryCrossEntropy", 2, examples, random).as(dtype) };
}

/** A training step of the readable pass. */
const step = (model: Network, X: Matrix) => forward(model, X, { training: true });

function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let k = 0; k < b.length; k++) largest = Math.max(largest, Math.abs(a[k] - b[k]));
  return largest;
}

describe("the readable form of what is hard", () => {
  it.each(names)("has the gradient of its difference quotients: %s", (name) => {
    const { model, X, Y } = problemOf(name, "float64", 9);
    const { dTheta } = backward(model, step(model, X).cache, Y);
    const h = 1e-5;
    const costAt = (k: number, value: number): number => {
      model.theta[k] = value;
      return cost(model, step(model, X), Y).cost;
    };
    // Every parameter of small networks, each seventh or so of larger ones.
    for (let k = 0; k < dTheta.length; k += dTheta.length > 500 ? 97 : 1) {
      const value = model.theta[k];
      const slope = (costAt(k, value + h) - costAt(k, value - h)) / (2 * h);
      model.theta[k] = value;
      expect(Math.abs(slope - dTheta[k])).toBeLessThan(1e-7);
    }
  });
});

describe("its kernels", () => {
  let alone: Engine;
  let threads: Engine & { close(): void };
  beforeAll(async () => {
    ({ alone, threads } = await skeletonEngines());
  });
  afterAll(() => threads.close());

  // Of one tile that is not full, of several, and of several chunks of them.
  const sizes = [5, 150, 1100];
  it.each(names.flatMap((name) => (["float64", "float32"] as const).map((dtype) => [name, dtype] as const)))(
    "give its numbers, also on three threads to the last bit: %s, %s",
    (name, dtype) => {
      for (const examples of sizes) {
        const results = [alone, threads].map((engine) => {
          const { model, X, Y } = problemOf(name, dtype, examples);
          const plan = engine.plan(model, { capacity: examples });
          plan.load({ X, Y, from: 0, count: examples });
          const trained = { cost: plan.step(), dTheta: plan.dTheta.slice(), state: plan.nextState.slice() };
          const evaluated = { cost: plan.cost(), output: plan.output.slice() };
          const predicting = engine.plan(model, { capacity: examples, training: false });
          predicting.load({ X, from: 0, count: examples });
          predicting.forward();
          expect(predicting.output).toEqual(evaluated.output);
          for (const used of [plan, predicting]) used.release();
          return { trained, evaluated };
        });
        expect(results[1]).toEqual(results[0]);
        const [{ trained, evaluated }] = results;
        const { model, X, Y } = problemOf(name, dtype, examples);
        const pass = step(model, X);
        const tolerance = dtype === "float64" ? 1e-12 : 1e-4;
        const scale = (values: ArrayLike<number>): number => 1 + farthest(values, new Float64Array(values.length));
        const { dTheta } = backward(model, pass.cache, Y);
        expect(Math.abs(trained.cost - cost(model, pass, Y).cost)).toBeLessThan(tolerance);
        expect(farthest(trained.dTheta, dTheta)).toBeLessThan(tolerance * scale(dTheta));
        expect(farthest(trained.state, pass.state)).toBeLessThan(tolerance * scale(pass.state));
        const clean = forward(model, X);
        expect(Math.abs(evaluated.cost - cost(model, clean, Y).cost)).toBeLessThan(tolerance);
        expect(farthest(evaluated.output, clean.output.data)).toBeLessThan(tolerance);
      }
    },
  );

  it("know no operation that has no kernel, and say so", () => {
    const { model, X } = problemOf("residual", "float64", 3);
    const steps = model.program.steps.map((step) => (step.op === "add" ? { ...step, op: "minus" } : step));
    const broken = { ...model, program: { ...model.program, steps } };
    expect(() => alone.plan(broken, { capacity: X.columns })).toThrow("the kernels have no minus: they know ");
  });
});
