import { describe, expect, it } from "vitest";
import { exp } from "../../src/numeric/exp.js";
import { type ActivationDefinition, entrywise, pieceAt } from "../../src/ops/activation/activation.js";
import { flatValues, saturationOf } from "../../src/ops/activation/flatness.js";
import { type Numbers, numbersOf } from "../../src/ops/choice.js";
import { activations } from "../../src/ops/generated/activations.js";
import { type ActivationName, activationNamed, names } from "../../src/ops/names.js";

const everything = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

/** z / (1 + |z|): levels off slowly. */
const softsign = entrywise({
  keeps: "input",
  traits: { range: [-1, 1], saturates: { low: -1, high: 1 }, initializer: "xavier" },
  pieces: [{ value: (z) => z / (1 + Math.abs(z)), derivative: (z) => 1 / (1 + Math.abs(z)) ** 2 }],
});
/** −1, z, 1: flat outside. */
const clipped = entrywise({
  keeps: "output",
  traits: { range: [-1, 1], dies: true, saturates: { low: -1, high: 1 }, initializer: "xavier" },
  pieces: [
    { to: -1, value: () => -1, derivative: () => 0 },
    { to: 1, value: (z) => z, derivative: () => 1 },
    { value: () => 1, derivative: () => 0 },
  ],
});
/** eᶻ − 1 below 0: levels off on one side. */
const exponential = entrywise({
  keeps: "output",
  traits: { range: [-1, Number.POSITIVE_INFINITY], saturates: { low: -1 }, initializer: "he" },
  pieces: [
    { to: 0, value: (z) => exp(z) - 1, derivative: (_z, a) => a + 1 },
    { value: (z) => z, derivative: () => 1 },
  ],
});
/** z σ(z): comes down to −0.28 and back to 0. */
const turning = entrywise({
  keeps: "input",
  traits: { range: everything, saturates: { low: 0 }, initializer: "he" },
  pieces: [
    {
      value: (z) => z / (1 + exp(-z)),
      derivative: (z) => {
        const s = 1 / (1 + exp(-z));
        return s + z * s * (1 - s);
      },
    },
  ],
});

describe("where an activation has levelled off", () => {
  it("is |z| = 5 of sigmoid and tanh, whose slope is almost 0 there", () => {
    const { low, high } = saturationOf(activations.sigmoid, {});
    expect([low?.z, high?.z]).toEqual([-5, 5]);
    // σ(5) = 1 / (1 + e⁻⁵) = 0.99331, σ' = 0.99331 · 0.00669
    expect(high?.a).toBeCloseTo(0.99331, 5);
    expect(high?.slope).toBeCloseTo(0.00665, 5);
    const { low: least, high: most } = saturationOf(activations.tanh, {});
    expect([least?.z, most?.z]).toEqual([-5, 5]);
  });

  it("is farther out where the slope vanishes later: softsign's, 1 / (1 + |z|)², is 0.01 at 9", () => {
    const { low, high } = saturationOf(softsign, {});
    expect([low, high].map((end) => [end?.z, end?.a])).toEqual([
      [-9, -0.9],
      [9, 0.9],
    ]);
  });

  it("is where a flat piece begins", () => {
    expect(saturationOf(clipped, {})).toEqual({ low: { z: -1, a: -1, slope: 0 }, high: { z: 1, a: 1, slope: 0 } });
  });

  it("is on one side of an activation that levels off on one", () => {
    const { low, high } = saturationOf(exponential, {});
    expect([low?.z, high]).toEqual([-5, undefined]);
    expect(low?.a).toBeCloseTo(Math.exp(-5) - 1, 15);
  });

  it("is not said where g turns back, since the same outputs come from elsewhere", () => {
    expect(saturationOf(turning, {})).toEqual({});
  });

  it("is nowhere of an activation that does not saturate", () => {
    for (const one of [activations.relu, activations.linear, activations.leakyRelu, activations.softmax]) {
      expect(saturationOf(one, { slope: 0.01 })).toEqual({});
    }
  });
});

describe("flat values", () => {
  it("are those of half-lines whose slope is exactly 0", () => {
    expect(flatValues(activations.relu, {})).toEqual([0]);
    expect(flatValues(clipped, {})).toEqual([-1, 1]);
    for (const one of [exponential, softsign, turning, activations.tanh]) expect(flatValues(one, {})).toEqual([]);
    expect(flatValues(activations.leakyRelu, { slope: 0.01 })).toEqual([]);
  });
});

describe.each(names.activations)("what %s says of itself", (name: ActivationName) => {
  const definition: ActivationDefinition = activationNamed(name);
  const { traits, pieces } = definition;
  const learned = definition.parameters?.([{ rows: 1 }], numbersOf(name, activations)) ?? [];
  const n: Numbers = {
    ...numbersOf(name, activations),
    ...Object.fromEntries(learned.map(({ role, start }) => [role, Number(start)])),
  };

  it("is so: its units die where it has flat half-lines", () => {
    expect(flatValues(definition, n).length > 0).toBe(traits.dies ?? false);
  });

  it("is so: it stays in its range, and far out it is close to where it levels off", () => {
    if (pieces === undefined) return; // depends on the other units: test/ops/activation.test.ts
    const at = (z: number): number => {
      return pieceAt(pieces, z).value(z, n);
    };
    const [low, high] = traits.range;
    for (let z = -50; z <= 50; z += 0.25) {
      expect(at(z)).toBeGreaterThanOrEqual(low);
      expect(at(z)).toBeLessThanOrEqual(high);
    }
    const { saturates = {} } = traits;
    if (saturates.low !== undefined) expect(Math.abs(at(-1e6) - saturates.low)).toBeLessThan(1e-5);
    if (saturates.high !== undefined) expect(Math.abs(at(1e6) - saturates.high)).toBeLessThan(1e-5);
  });

  it("is so: it is the identity, or not", () => {
    const same = [-3, 0, 2.5].every((z) => pieces !== undefined && pieceAt(pieces, z).value(z, n) === z);
    expect(same).toBe(traits.identity ?? false);
  });
});
