import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { DType } from "../../src/array/floatArray.js";
import { Matrix } from "../../src/array/matrix.js";
import { readableEngine } from "../../src/engine/readable/readableEngine.js";
import type { Recipe, Trainer } from "../../src/engine/trainer.js";
import { wasmEngine } from "../../src/engine/wasm/wasmEngine.js";
import { dense } from "../../src/network/dense.js";
import { type Network, networkWith } from "../../src/network/network.js";
import { names, type OptimizerSpec } from "../../src/ops/names.js";
import { parseTrainingSpec } from "../../src/training/parseTraining.js";
import { PlannedTrainer } from "../../src/training/plannedTrainer.js";

interface Golden {
  readonly start: readonly number[];
  readonly gradients: readonly (readonly number[])[];
  readonly learningRate: number;
  readonly paths: readonly { readonly optimizer: OptimizerSpec; readonly theta: readonly (readonly number[])[] }[];
}

/** θ = (w₁, w₂, b) after each of 20 steps of PyTorch 1.13, made by test/fixtures/optimizers.py. */
const golden: Golden = JSON.parse(readFileSync(new URL("../fixtures/optimizers.json", import.meta.url), "utf8"));

const trainers: Readonly<Record<string, (model: Network, recipe: Recipe) => Trainer | undefined>> = {
  readable: (model, recipe) => new PlannedTrainer(readableEngine, model, recipe),
  wasm: (model, recipe) => wasmEngine.trainer?.(model, recipe),
};

function pathOf(trainerName: string, optimizer: OptimizerSpec, dtype: DType): number[][] {
  const theta = dtype === "float64" ? Float64Array.from(golden.start) : Float32Array.from(golden.start);
  const model = networkWith({ inputs: 2, layers: [dense(1, "linear")], dtype }, theta);
  const trainer = trainers[trainerName](model, {
    X: Matrix.zeros(2, 1, dtype),
    Y: Matrix.zeros(1, 1, dtype),
    weights: undefined,
    batchSize: 1,
    drops: [],
    dropoutReseed: undefined,
    seed: 0,
    optimizer: parseTrainingSpec({ optimizer }).optimizer,
    settings: { learningRate: golden.learningRate, penalty: [], weightDecayFactor: 1, keep: [1] },
  });
  if (trainer === undefined) throw new Error("the engine makes no steps by itself");
  const path = golden.gradients.map((gradient) => {
    trainer.dTheta.set(gradient);
    trainer.update();
    return Array.from(trainer.theta);
  });
  trainer.release();
  return path;
}

describe("an optimizer takes the path of PyTorch", () => {
  it("all of them", () => {
    const there = golden.paths.map(({ optimizer }) => (typeof optimizer === "string" ? optimizer : optimizer.type));
    expect(new Set(there)).toEqual(new Set(names.optimizers));
  });

  const cases = golden.paths.flatMap(({ optimizer, theta }) =>
    Object.keys(trainers).map((trainer) => [JSON.stringify(optimizer), trainer, optimizer, theta] as const),
  );
  it.each(cases)("%s: %s", (_, trainer, optimizer, theta) => {
    // Roundings of 20 steps of numbers up to 2: at most 6.7e-16 and 4.0e-7 were seen.
    for (const [dtype, tolerance] of [
      ["float64", 1e-14],
      ["float32", 4e-6],
    ] as const) {
      const path = pathOf(trainer, optimizer, dtype);
      const apart = theta.flatMap((step, t) => step.map((value, k) => Math.abs(value - path[t][k])));
      expect(Math.max(...apart)).toBeLessThan(tolerance);
    }
  });
});
