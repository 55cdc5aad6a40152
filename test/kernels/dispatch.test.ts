import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import type { Recipe } from "../../src/engine/trainer.js";
import { Arenas } from "../../src/engine/wasm/arena.js";
import { fmaEngine } from "../../src/engine/wasm/fmaEngine.js";
import { fmaBinary } from "../../src/engine/wasm/generated/fma.js";
import { predictBinary } from "../../src/engine/wasm/generated/predict.js";
import { simdBinary } from "../../src/engine/wasm/generated/simd.js";
import { KernelEngine } from "../../src/engine/wasm/kernelEngine.js";
import { type KernelOperations, ownOperations } from "../../src/engine/wasm/kernelOperations.js";
import { bytesOf } from "../../src/engine/wasm/kernels.js";
import { wasmEngine } from "../../src/engine/wasm/wasmEngine.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";

/** An engine on a build of the kernels; a code that it does not have may be put among the operations. */
function engineOn(binary: string, operations: KernelOperations = ownOperations): KernelEngine {
  const arenas = new Arenas(() => new WebAssembly.Module(bytesOf(binary)));
  const unavailable = (): undefined => undefined;
  return new KernelEngine({ name: "test", reproducible: true, pool: () => arenas, operations, unavailable });
}

const unknown = 9999;
const { steps, losses, optimizers } = ownOperations;
const spoilt: Readonly<Record<string, KernelOperations>> = {
  "an activation": { ...ownOperations, steps: { ...steps, relu: { ...steps.relu, code: unknown } } },
  "a layer": { ...ownOperations, steps: { ...steps, dense: { ...steps.dense, code: 0 } } },
  dropout: { ...ownOperations, steps: { ...steps, dropout: { ...steps.dropout, code: unknown } } },
  "a loss": { ...ownOperations, losses: { ...losses, binaryCrossEntropy: 0 } },
  "an optimizer": { ...ownOperations, optimizers: { ...optimizers, adam: unknown } },
};
const X = Matrix.row([0.5, -1, 2, 3]);
const Y = Matrix.row([0, 1, 1, 0]);
const recipe: Recipe = {
  X,
  Y,
  weights: undefined,
  batchSize: 4,
  drops: [false, true],
  dropoutReseed: undefined,
  seed: 0,
  optimizer: { type: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
  settings: { learningRate: 0.1, penalty: [], weightDecayFactor: 1, keep: [1, 0.5] },
};

// Relaxed SIMD is not everywhere: what the fma build shares with the other one is then seen there.
const builds = [["simd", simdBinary] as const, ...(fmaEngine.unavailable() ? [] : [["fma", fmaBinary] as const])];

describe.each(builds)("the kernels %s", (_, binary) => {
  it.each(Object.keys(spoilt))("trap at a code that they do not know, in float64 and float32: %s", (what) => {
    for (const dtype of ["float64", "float32"] as const) {
      const model = network({ inputs: 1, layers: [dense(3, "relu"), dense(1, "sigmoid")], dtype });
      const data = { ...recipe, X: X.as(dtype), Y: Y.as(dtype) };
      const sound = engineOn(binary).trainer(model, data);
      expect(sound.advance(0, 3)).toBe(3);
      const trainer = engineOn(binary, spoilt[what]).trainer(model, data);
      expect(() => trainer.advance(0, 1)).toThrow(/unreachable/);
    }
  });
});

describe("the kernels for prediction alone", () => {
  it("predict what the others predict, to the last bit, and trap at anything else", () => {
    for (const dtype of ["float64", "float32"] as const) {
      const model = network({ inputs: 1, layers: [dense(3, "tanh"), dense(2, "softmax")], dtype, seed: 4 });
      const [small, whole] = [engineOn(predictBinary), wasmEngine].map((engine) => {
        const plan = engine.plan(model, { capacity: 4, training: false });
        plan.load({ X: X.as(dtype), from: 0, count: 4 });
        plan.forward();
        return plan;
      });
      expect(small.output).toEqual(whole.output);
      expect(() => small.cost()).toThrow(/unreachable/);
    }
  });
});
