import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { wasmEngine } from "../../src/engine/wasm/wasmEngine.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";
import { startThreads } from "../../src/node/startThreads.js";
import { RandomState } from "../../src/random/randomState.js";
import { clip } from "../../src/training/clip.js";
import { train } from "../../src/training/train.js";

const threaded = [2, 3].map((count) => startThreads(count));
afterAll(() => {
  for (const engine of threaded) engine.close();
});

const none = Number.POSITIVE_INFINITY;

function clipped(dTheta: readonly number[], clipValue: number, clipNorm: number): number[] {
  const copy = Float64Array.from(dTheta);
  clip(copy, clipValue, clipNorm);
  return Array.from(copy);
}

describe("clipping", () => {
  it("bounds entries, then shortens the whole, by hand", () => {
    // ‖(3, 4)‖ = 5.
    expect(clipped([3, -4], none, 2.5)).toEqual([1.5, -2]);
    expect(clipped([3, -4], 2, none)).toEqual([2, -2]);
    // (3, 3) first, of norm √18.
    expect(clipped([3, 4], 3, Math.sqrt(18) / 2)).toEqual([1.5, 1.5]);
  });

  const entries = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 20 });
  const bound = fc.double({ min: 1e-3, max: 1e3, noNaN: true });

  it("leaves what is within the bounds, bit for bit, and bounds what is not", () => {
    fc.assert(
      fc.property(entries, bound, bound, (dTheta, value, norm) => {
        const result = clipped(dTheta, value, norm);
        expect(Math.hypot(...result)).toBeLessThanOrEqual(norm * (1 + 1e-12));
        expect(Math.max(...result.map(Math.abs))).toBeLessThanOrEqual(value);
        expect(result.every((g, k) => g * dTheta[k] >= 0)).toBe(true);
        if (Math.max(...dTheta.map(Math.abs)) <= value && Math.hypot(...dTheta) <= norm * (1 - 1e-12)) {
          expect(result).toEqual(dTheta);
        }
      }),
    );
  });

  it("hides nothing that is not finite", () => {
    expect(clipped([Number.NaN, 1], 0.5, none)).toEqual([Number.NaN, 0.5]);
    expect(clipped([Number.NaN, 1], none, 0.5)).toEqual([Number.NaN, 1]);
    expect(clipped([none, 1], none, 0.5)).toEqual([none, 1]);
    // The squares overflow: a norm of ∞ would make 0 of all.
    expect(clipped([1e200, 1], none, 0.5)).toEqual([1e200, 1]);
  });

  // Squares are added block by block, 4 KiB each: θ has several of them, and an end that fills none.
  it.each(["float64", "float32"] as const)(
    "gives the same bits on any number of threads, of many parameters: %s",
    async (dtype) => {
      const random = new RandomState(3);
      const data = {
        X: random.randn(20, 50).as(dtype),
        Y: Matrix.from([Array.from({ length: 50 }, (_, j) => j % 2)]).as(dtype),
      };
      const thetas = [];
      const costs = [];
      for (const engine of [wasmEngine, ...threaded, "readable" as const]) {
        const layers = [dense(61, "tanh"), dense(9, "tanh"), dense(1, "sigmoid")];
        const model = network({ inputs: 20, layers, dtype, seed: 1 });
        const average = "ema";
        const run = await train(model, data, {
          iterations: 30,
          batchSize: 20,
          clipNorm: 0.3,
          clipValue: 0.05,
          average,
          engine,
        });
        thetas.push(model.theta);
        costs.push(run.history.at(-1)?.cost ?? 0);
      }
      const [one, two, three, readable] = thetas;
      expect(two).toEqual(one);
      expect(three).toEqual(one);
      const free = network({
        inputs: 20,
        layers: [dense(61, "tanh"), dense(9, "tanh"), dense(1, "sigmoid")],
        dtype,
        seed: 1,
      });
      await train(free, data, { iterations: 30, batchSize: 20, average: "ema" });
      expect(free.theta).not.toEqual(one);
      // Adam divides by √s: roundings grow to 1e-13 and 1e-4 of steps of 0.001.
      const tolerance = dtype === "float64" ? 1e-11 : 1e-3;
      expect(Math.max(...one.map((w, k) => Math.abs(w - readable[k])))).toBeLessThan(tolerance);
      expect(Math.abs(costs[0] - costs[3])).toBeLessThan(tolerance);
    },
  );

  it("is refused out of range", async () => {
    const model = network({ inputs: 1, layers: [dense(1, "linear")] });
    const data = { X: Matrix.row([0, 1]), Y: Matrix.row([0, 1]) };
    for (const given of [{ clipNorm: 0 }, { clipValue: -1 }, { clipNorm: Number.NaN }]) {
      await expect(train(model, data, given)).rejects.toThrow(
        /train\(\): clip(Norm|Value) must be a finite number above 0/,
      );
    }
  });
});
