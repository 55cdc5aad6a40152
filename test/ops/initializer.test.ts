import { describe, expect, it } from "vitest";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";
import { initializers } from "../../src/ops/generated/initializers.js";
import type { InitializerSpec } from "../../src/ops/names.js";
import { RandomState } from "../../src/random/randomState.js";
import { course } from "../course.js";

const starts: Record<keyof typeof course.initialization, InitializerSpec> = {
  zeros: "zeros",
  random: { type: "normal", scale: 10 },
  he: "he",
  xavier: "xavier",
};

describe("initializers", () => {
  it.each(Object.entries(starts))("start %s exactly as NumPy does", (name, initializer) => {
    const golden = course.initialization[name as keyof typeof starts];
    const model = network({
      inputs: 2,
      layers: [dense(10, "relu"), dense(5, "relu"), dense(1, "sigmoid")],
      initializer,
      seed: golden.seed,
    });
    for (const [parameter, values] of Object.entries(golden.initial)) {
      for (const [i, row] of values.entries()) {
        for (const [j, value] of row.entries()) {
          // 1e-15 relative: the scale's square root and one product are the only roundings.
          const difference = Math.abs(model.parameters[parameter].get(i, j) - value);
          expect(difference).toBeLessThanOrEqual(1e-15 * Math.abs(value));
        }
      }
    }
  });

  const units = 200;
  const inputs = 300;
  const n = units * inputs;
  const scaled = [
    ["he", 2 / 300],
    ["heUniform", 2 / 300],
    ["xavier", 1 / 300],
    ["xavierUniform", 1 / 300],
    ["glorot", 2 / 500],
    ["glorotUniform", 2 / 500],
    ["lecun", 1 / 300],
    ["lecunUniform", 1 / 300],
  ] as const;

  it.each(scaled)("give %s mean 0 and its variance", (name, variance) => {
    for (const gain of [1, 0.5]) {
      const W = Array.from(initializers[name].draw(units, inputs, { gain }, new RandomState(7)).data);
      const mean = W.reduce((total, w) => total + w, 0) / n;
      const measured = W.reduce((total, w) => total + w * w, 0) / n;
      const expected = gain * gain * variance;
      // 5 standard errors: of the mean √(σ²/n); of the variance at most σ² √(2/n), for the normal distribution.
      expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(expected / n));
      expect(Math.abs(measured - expected)).toBeLessThan(5 * expected * Math.sqrt(2 / n));
      if (name.endsWith("Uniform")) {
        expect(W.reduce((largest, w) => Math.max(largest, Math.abs(w)), 0)).toBeLessThanOrEqual(
          Math.sqrt(3 * expected),
        );
      }
    }
  });

  it("fill with a constant, with zeros, and start biases where asked", () => {
    const model = network({
      inputs: 2,
      layers: [dense(2, "tanh", { initializer: { type: "constant", value: 3 }, bias: -1 }), dense(1, "linear")],
      initializer: "zeros",
    });
    expect(Array.from(model.theta)).toEqual([3, 3, 3, 3, -1, -1, 0, 0, 0]);
  });

  it("never give two layers of the same shape the same weights", () => {
    const model = network({ inputs: 4, layers: [dense(4, "relu"), dense(4, "relu"), dense(4, "linear")] });
    const { W1, W2, W3 } = model.parameters;
    expect(W1.toArray()).not.toEqual(W2.toArray());
    expect(W2.toArray()).not.toEqual(W3.toArray());
  });
});
