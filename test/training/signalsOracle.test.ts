import { describe, expect, it } from "vitest";
import type { Matrix } from "../../src/array/matrix.js";
import { readableEngine } from "../../src/engine/readable/readableEngine.js";
import { wasmEngine } from "../../src/engine/wasm/wasmEngine.js";
import { backward } from "../../src/network/backward.js";
import { dense } from "../../src/network/dense.js";
import { forward } from "../../src/network/forward.js";
import { network } from "../../src/network/network.js";
import type { ActivationSpec } from "../../src/ops/names.js";
import { RandomState } from "../../src/random/randomState.js";
import { SignalSample } from "../../src/training/signals.js";
import { histogramOf } from "../histograms.js";
import { targetsFor } from "../problems.js";

const heads = [
  ["sigmoid", "binaryCrossEntropy", 1],
  ["softmax", "categoricalCrossEntropy", 3],
  ["tanh", "meanSquaredError", 2],
  ["softmax", "meanSquaredError", 3],
] as const;
const cases = [readableEngine, wasmEngine].flatMap((engine) =>
  (["float64", "float32"] as const).flatMap((dtype) =>
    (["sigmoid", "tanh", "relu", "leakyRelu", "linear"] as const).flatMap((hidden) =>
      heads.map((head) => ({ engine, dtype, hidden: hidden as ActivationSpec, head })),
    ),
  ),
);

/** Mean, deviation and norm as their definitions have them. */
function statisticsOf(A: Matrix): number[] {
  const data = Array.from(A.data);
  const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
  const variance = data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / data.length;
  return [mean, Math.sqrt(variance), Math.hypot(...data)];
}

const shareOf = (Z: Matrix, isSo: (row: number[]) => boolean): number =>
  Array.from({ length: Z.rows }, (_, i) => Array.from(Z.rowData(i))).filter(isSo).length / Z.rows;

describe("signals by an engine are those of the readable forward and backward pass", () => {
  it.each(cases)("$engine.name, $dtype, $hidden, $head", ({ engine, dtype, hidden, head: [output, loss, outputs] }) => {
    // Weights and biases large enough for dead and saturated units; 37 examples, so that no tile is full.
    const model = network({
      inputs: 3,
      layers: [dense(20, hidden, { bias: -8 }), dense(9, hidden), dense(outputs, output)],
      initializer: { type: "normal", scale: 2 },
      loss,
      dtype,
      seed: 4,
    });
    const random = new RandomState(7);
    const X = random.randn(3, 37).as(dtype);
    const Y = targetsFor(loss, outputs, 37, random).as(dtype);
    const sample = new SignalSample(model, { X, Y }, engine);
    const signals = sample.take();
    sample.release();

    const { cache } = forward(model, X);
    const { gradients } = backward(model, cache, Y);
    // float32: sums of some 20 terms of size 10, and a hidden unit's weights of size 2 in between.
    const tolerance = dtype === "float64" ? 1e-12 : 1e-4;
    for (const [index, layer] of signals.entries()) {
      const l = index + 1;
      const { activation, W } = model.layers[index];
      for (const [found, histogram, readable] of [
        [layer.activation, layer.activationHistogram, cache.A[l]],
        [layer.gradient, layer.gradientHistogram, gradients[`dW${l}`]],
      ] as const) {
        const expected = statisticsOf(readable);
        for (const [k, value] of [found.mean, found.deviation, found.norm].entries()) {
          expect(Math.abs(value - expected[k])).toBeLessThanOrEqual(tolerance * (1 + expected[2]));
        }
        const counted = histogramOf(readable.data);
        expect(Math.abs((histogram?.from ?? Number.NaN) - counted.from)).toBeLessThanOrEqual(
          tolerance * (1 + expected[2]),
        );
        expect(Math.abs((histogram?.to ?? Number.NaN) - counted.to)).toBeLessThanOrEqual(tolerance * (1 + expected[2]));
        // Rounding moves a number into the next bin now and then; a float32 gradient of saturated units is all rounding.
        const moved = counted.counts.reduce((sum, n, i) => sum + Math.abs(n - (histogram?.counts[i] ?? 0)), 0);
        if (dtype === "float64") expect(moved).toBe(0);
        else if (expected[2] > 0.01) expect(moved).toBeLessThanOrEqual(0.02 * readable.data.length + 2);
      }
      expect(layer.weightNorm).toBeCloseTo(statisticsOf(W)[2], 10);
      expect(layer.dead).toBe(activation.name === "relu" ? shareOf(cache.A[l], (row) => row.every((a) => a === 0)) : 0);
      const isBounded = activation.name === "sigmoid" || activation.name === "tanh";
      const isSaturated = (row: number[]): boolean => row.filter((z) => Math.abs(z) >= 5).length > row.length / 2;
      expect(layer.saturated).toBe(isBounded ? shareOf(cache.Z[l], isSaturated) : 0);
      expect(layer.distinct).toBe(W.rows);
    }
    if (hidden === "relu") expect(signals[0].dead).toBeGreaterThan(0);
    if (hidden === "sigmoid" || hidden === "tanh") expect(signals[0].saturated).toBeGreaterThan(0);
  });
});
