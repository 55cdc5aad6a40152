import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import type { Engine } from "../../src/engine/plan.js";
import { predict } from "../../src/engine/predict.js";
import { readableEngine } from "../../src/engine/readable/readableEngine.js";
import { fmaEngine } from "../../src/engine/wasm/fmaEngine.js";
import { wasmEngine } from "../../src/engine/wasm/wasmEngine.js";
import { activationOf } from "../../src/network/activation.js";
import { activation } from "../../src/network/activationLayer.js";
import { backward } from "../../src/network/backward.js";
import { cost } from "../../src/network/cost.js";
import { dense } from "../../src/network/dense.js";
import { type Forward, forward } from "../../src/network/forward.js";
import { members } from "../../src/network/members.js";
import { type Network, network } from "../../src/network/network.js";
import type { DropoutMasks } from "../../src/network/passOptions.js";
import { residual } from "../../src/network/residual.js";
import { BlasError } from "../../src/node/blas.js";
import { nativeEngine } from "../../src/node/nativeEngine.js";
import { entrywise, kinksOf } from "../../src/ops/activation/activation.js";
import { type ActivationSpec, activationNamed, hiddenActivations, type LossSpec } from "../../src/ops/names.js";
import { RandomState } from "../../src/random/randomState.js";
import {
  examplesFor,
  heads,
  keepFor,
  type LayerProblem,
  layerProblems,
  maskOf,
  masksFor,
  targetsFor,
} from "../problems.js";
import { threadsAtWork } from "./threads.js";

// Every engine runs this suite.
const threads = await threadsAtWork(2);
afterAll(() => threads.close());
const engines = [readableEngine, wasmEngine, threads, fmaEngine, ...native()].filter(
  (engine) => engine.unavailable() === undefined,
);

/** The native engine, where this machine has a BLAS. */
function native(): Engine[] {
  try {
    return [nativeEngine()];
  } catch (error) {
    if (!(error instanceof BlasError)) throw error;
    return [];
  }
}

/** Every activation of the registry, and options that are not the defaults. */
const hidden = fc.constantFrom<ActivationSpec>(
  ...hiddenActivations,
  { type: "leakyRelu", slope: 0.3 },
  { type: "elu", alpha: 0.5 },
);
const head = fc.constantFrom<readonly [ActivationSpec, LossSpec, number]>(
  ["sigmoid", "binaryCrossEntropy", 1],
  ...heads.map(([activation, loss]) => [activation, loss, 3] as const),
  ...hiddenActivations.map((name) => [name, "meanSquaredError", 1] as const),
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

type Problem = typeof problem extends fc.Arbitrary<infer P> ? P : never;

/** The largest difference between two vectors, over the length of the second; NaN where one of them is NaN. */
function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let k = 0; k < b.length; k++) largest = Math.max(largest, Math.abs(a[k] - b[k]));
  return largest;
}

const kinksAt = (g: ActivationSpec): readonly number[] => kinksOf(activationNamed(activationOf(g).name));
const isKinked = (g: ActivationSpec): boolean => kinksAt(g).length > 0;

/**
 * Whether some Z is within rounding of a kink in float32. There engines may come out on two sides of it, and the
 * example's whole share of the gradient differs: such a problem says nothing.
 */
function isNearKink({ layers }: Network, { cache }: Forward): boolean {
  return layers.some(({ activation }, index) =>
    kinksAt(activation.name).some((kink) => cache.Z[index + 1].data.some((z) => Math.abs(z - kink) < 1e-5)),
  );
}

/** A large problem without kinks in float32: among so many sums some are always within rounding of 0. */
function smooth(p: Problem): Problem {
  if (p.dtype === "float64") return p;
  const [activation, loss, outputs] = p.head;
  return {
    ...p,
    hidden: p.hidden.map(([units, g]) => [units, isKinked(g) ? "tanh" : g]),
    head: [isKinked(activation) ? "linear" : activation, loss, outputs],
  };
}

/** The scale of rounding in what a layer gives: e^z of a z of 46 is 1e20, and its last digit is 16384. */
function sizeOf(values: Iterable<number>): number {
  let size = 1;
  for (const value of values) size = Math.max(size, Math.abs(value));
  return size;
}

/** Holds an engine's step and prediction against the readable forward and backward pass. */
function compare(engine: Engine, p: Problem): void {
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
  const weights = p.weighted ? random.rand(1, p.m).as(p.dtype) : undefined;
  const keep = [p.inputKeep, ...p.hidden.map(() => p.keep)];
  const plan = engine.plan(model, { capacity: p.m + 3, drops: keep.map((probability) => probability < 1) });
  plan.setKeep(keep);
  plan.load({ X, Y, from: 0, count: p.m, ...(weights && { weights: weights.data }) });
  const masks: DropoutMasks = plan.masks.map((mask, l) => {
    if (mask === undefined) return undefined;
    const rows = l === 0 ? p.inputs : model.layers[l - 1].units;
    const D = maskOf(rows, p.m, keep[l], random);
    mask.set(D.data);
    return { D, keep: keep[l] };
  });

  const pass = forward(model, X, { training: true, masks });
  const clean = forward(model, X); // without dropout, as for prediction and validation
  const overflows = !(sizeOf(pass.output.data) < Infinity && sizeOf(clean.output.data) < Infinity); // e^89 in float32
  if (overflows || (p.dtype === "float32" && isNearKink(model, pass))) {
    plan.release();
    fc.pre(false);
  }
  const oracle = {
    ...cost(model, pass, Y, weights && { weights }),
    ...backward(model, pass.cache, Y, weights && { weights }),
  };
  const dataCost = plan.step();
  // Sums of up to 1,000 terms in another order differ by some 1,000 u: 1e-13 in float64, 6e-5 in float32.
  // The engine that is the readable pass gives its bits.
  const tolerance = engine === readableEngine ? 0 : p.dtype === "float64" ? 1e-12 : 1e-4;
  expect(Math.abs(dataCost - oracle.dataCost)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(oracle.dataCost)));
  // The terms of a gradient are of the size of the inputs, also where they cancel out.
  const size = Math.max(0.1, farthest(oracle.dTheta, new Float64Array(oracle.dTheta.length)));
  expect(farthest(plan.dTheta, oracle.dTheta)).toBeLessThanOrEqual(tolerance * size);

  if (p.m <= 64) {
    for (const [index, { data, rows, columns, stride }] of plan.activations().entries()) {
      const A = model.layers[index].activation.forward(pass.cache.Z[index + 1]); // before its mask
      const kept = Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * stride, i * stride + columns)));
      expect(farthest(kept.flat(), A.data)).toBeLessThanOrEqual(tolerance * 10 * sizeOf(A.data));
    }
  } else expect(() => plan.activations()).toThrow(`a plan keeps the activations of 64 examples, got ${p.m}`);

  const cleanCost = cost(model, clean, Y, weights && { weights }).dataCost;
  expect(Math.abs(plan.cost() - cleanCost)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(cleanCost)));
  expect(farthest(plan.output, clean.output.data)).toBeLessThanOrEqual(tolerance * 10 * sizeOf(clean.output.data));
  plan.release();
}

// Layers wider than a tile, products large enough to be packed, batches of several tiles; one row, one unit, one example.
const largeProblem = fc.record({
  inputs: fc.constantFrom(1, 2, 30, 65, 300),
  hidden: fc.array(fc.tuple(fc.constantFrom(1, 2, 5, 17, 64, 129, 300), hidden), { maxLength: 5 }),
  head,
  m: fc.constantFrom(1, 3, 64, 65, 130, 257, 1000),
  dtype: fc.constantFrom("float64" as const, "float32" as const),
  keep: fc.constantFrom(1, 0.7),
  inputKeep: fc.constantFrom(1, 0.8),
  weighted: fc.boolean(),
  seed: fc.integer({ min: 0, max: 1000 }),
});

describe.each(engines.map((engine) => [engine.name, engine] as const))("engine %s", (_name, engine) => {
  it("gives the numbers of the readable forward and backward pass on random networks", () => {
    fc.assert(
      fc.property(problem, (p) => compare(engine, p)),
      { numRuns: 300 },
    );
  });

  // The readable pass itself has no tiles, and takes seconds for what needs them.
  it.runIf(engine !== readableEngine)(
    "does so on networks and batches that need several tiles and packed products",
    () => {
      fc.assert(
        fc.property(largeProblem, (p) => compare(engine, smooth(p))),
        { numRuns: 25 },
      );
    },
  );

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
      for (const activation of hiddenActivations) {
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

const dtypes = ["float64", "float32"] as const;

/** A projection whose products are packed. */
const wide: LayerProblem = {
  spec: { inputs: 130, layers: [residual([dense(20, "tanh"), dense(150, "tanh")]), dense(2, "sigmoid")], seed: 3 },
};

/** Members whose products are packed, of rows that threads share. */
const wideMembers: LayerProblem = {
  spec: {
    inputs: 6,
    layers: [members(3, [dense(47, "tanh"), dense(45, "tanh"), dense(3, "softmax")])],
    seed: 3,
  },
};

/** Activations that may not leave their derivative in place of their input: the block adds it to what comes out. */
const readTwice: LayerProblem = {
  spec: {
    inputs: 3,
    layers: [
      dense(4, "linear"),
      residual([activation("gelu"), dense(4, "linear")]),
      activation("silu"),
      dense(1, "sigmoid"),
    ],
    seed: 3,
  },
};

const more = [
  ["residual, wide", wide],
  ["members, wide", wideMembers],
  ["residual, of an activation", readTwice],
] as const;

describe.each([...layerProblems, ...more])("layer %s", (_name, problem) => {
  // One example a layer may refuse; one tile that is not full, several, and several chunks of them.
  it.each(dtypes.flatMap((dtype) => [5, 150, 1100].map((m) => [dtype, m] as const)))(
    "has the numbers of the readable pass on every engine, on threads to the last bit: %s, %i examples",
    (dtype, m) => {
      const random = new RandomState(7);
      const model = network({ ...problem.spec, dtype });
      for (let k = 0; k < model.theta.length; k++) model.theta[k] += 0.3 * random.randn(1, 1).data[0];
      const examples = examplesFor(problem, m, random);
      const [X, Y] = [examples.X.as(dtype), examples.Y.as(dtype)];
      const masks = masksFor(model.program, m, 0.8, random);
      const keep = keepFor(model.program, 0.8);
      const pass = forward(model, X, { training: true, masks });
      const { dTheta } = backward(model, pass.cache, Y);
      const clean = forward(model, X);
      const costs = { trained: cost(model, pass, Y).cost, evaluated: cost(model, clean, Y).cost };
      const before = model.theta.slice();

      const passes = engines.map((engine) => {
        const plan = engine.plan(model, { capacity: m, drops: keep.map((probability) => probability < 1) });
        plan.setKeep(keep);
        for (const [site, mask] of plan.masks.entries()) mask?.set(masks[site]?.D.data ?? []);
        plan.load({ X, Y, from: 0, count: m });
        const trained = { cost: plan.step(), dTheta: plan.dTheta.slice(), state: plan.nextState.slice() };
        const evaluated = { cost: plan.cost(), output: plan.output.slice(0, Y.data.length) };
        const predicting = engine.plan(model, { capacity: m, training: false });
        predicting.load({ X, from: 0, count: m });
        predicting.forward();
        expect(predicting.output.slice(0, Y.data.length)).toEqual(evaluated.output);
        for (const used of [plan, predicting]) used.release();
        expect(farthest(model.theta, before)).toBe(0);

        const tolerance = engine === readableEngine ? 0 : dtype === "float64" ? 1e-12 : 1e-4;
        const near = (numbers: ArrayLike<number>, oracle: ArrayLike<number>): void =>
          expect(farthest(numbers, oracle)).toBeLessThanOrEqual(
            tolerance * (1 + farthest(oracle, new Float64Array(oracle.length))),
          );
        near([trained.cost], [costs.trained]);
        near(trained.dTheta, dTheta);
        near(trained.state, pass.state);
        near([evaluated.cost], [costs.evaluated]);
        near(evaluated.output, clean.output.data);
        return { name: engine.name, trained, evaluated };
      });
      const named = (name: string): object => ({ ...passes.find((pass) => pass.name === name), name: "" });
      expect(named(threads.name)).toEqual(named(wasmEngine.name));
    },
  );
});

describe("the engine readable", () => {
  it("runs an operation that has no kernel", () => {
    const square = entrywise({
      keeps: "input",
      traits: { range: [0, Number.POSITIVE_INFINITY], initializer: "xavier" },
      pieces: [{ value: (z) => z * z, derivative: (z) => 2 * z }],
    });
    const known = network({ inputs: 1, layers: [dense(1, "linear")], initializer: { type: "constant", value: 2 } });
    const steps = known.program.steps.map((step) =>
      step.op === "linear" ? { ...step, op: "square", operation: square } : step,
    );
    const model = { ...known, program: { ...known.program, steps } };
    const plan = readableEngine.plan(model, { capacity: 1 });
    plan.load({ X: Matrix.row([1]), Y: Matrix.row([3]), from: 0, count: 1 });
    // z = 2, a = z² = 4, J = (a − 3)² = 1, dJ/dz = 2 (a − 3) · 2 z = 8, and x = 1.
    expect(plan.step()).toBe(1);
    expect(Array.from(plan.output)).toEqual([4]);
    expect(Array.from(plan.dTheta)).toEqual([8, 8]);
  });

  it("says what is missing, where it is asked too early", () => {
    const plan = readableEngine.plan(network({ inputs: 1, layers: [dense(1, "linear")] }), { capacity: 1 });
    expect(() => plan.activations()).toThrow("there was none");
    plan.load({ X: Matrix.row([1]), from: 0, count: 1 });
    expect(() => plan.cost()).toThrow("the batch was loaded without");
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
