import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { type Activation, activationOf } from "../../src/network/activation.js";
import { kinksOf } from "../../src/ops/activation/activation.js";
import { type ActivationSpec, activationNamed, hiddenActivations, names } from "../../src/ops/names.js";

/** Of the registry, and one with a number of its own. */
const all: readonly ActivationSpec[] = [...names.activations, { type: "leakyRelu", slope: 0.3 }];

/** An activation of so many units, which have learned what they start from. */
function activation(spec: ActivationSpec, units: number): Activation {
  const { name, options } = activationOf(spec);
  const learned = activationNamed(name).parameters?.([{ rows: units }], options) ?? [];
  return activationOf(
    spec,
    learned.map(({ rows, columns, start }) => Matrix.filled(rows, columns, Number(start))),
  );
}

const value = (spec: ActivationSpec, z: number): number =>
  activation(spec, 1)
    .forward(Matrix.row([z]))
    .get(0, 0);

const slopeAt = (spec: ActivationSpec, z: number): number => {
  const { forward, backward } = activation(spec, 1);
  const Z = Matrix.row([z]);
  return backward(Matrix.row([1]), Z, forward(Z)).get(0, 0);
};

describe("activations", () => {
  it("have the values of their formulas", () => {
    // σ(ln 3) = 1 / (1 + 1/3) = 3/4; σ(−ln 3) = 1/4. tanh(½ ln 3) = (3 − 1)/(3 + 1) = ½.
    expect(value("sigmoid", Math.log(3))).toBeCloseTo(0.75, 15);
    expect(value("sigmoid", -Math.log(3))).toBeCloseTo(0.25, 15);
    expect(value("tanh", Math.log(3) / 2)).toBeCloseTo(0.5, 15);
    expect([-2, 0, 3].map((z) => value("relu", z))).toEqual([0, 0, 3]);
    expect([-2, 0, 3].map((z) => value("leakyRelu", z))).toEqual([-0.02, 0, 3]);
    expect(value({ type: "leakyRelu", slope: 0.3 }, -2)).toBe(-0.6);
    expect([-2, 3].map((z) => value("prelu", z))).toEqual([-0.5, 3]);
    expect(value("linear", -2)).toBe(-2);
    // e^(−ln 2) − 1 = −½.
    expect(value("elu", -Math.LN2)).toBeCloseTo(-0.5, 15);
    expect(value({ type: "elu", alpha: 3 }, -Math.LN2)).toBeCloseTo(-1.5, 15);
    expect(value("selu", -Math.LN2)).toBeCloseTo(-0.5 * 1.0507009873554805 * 1.6732632423543772, 15);
    expect(value("selu", 2)).toBe(2.101401974710961);
    // Φ(1) = 0.841344746068542948585…, of tables.
    expect(value("gelu", 1)).toBe(0.8413447460685429);
    expect(value("gelu", -1)).toBeCloseTo(-0.15865525393145705, 16);
    // ½ (1 + tanh(0.7978845608028654 · 1.044715)), with the tanh of Python.
    expect(value("geluTanh", 1)).toBeCloseTo(0.8411919906082768, 15);
    expect(value("silu", Math.log(3))).toBeCloseTo(0.75 * Math.log(3), 15);
    // tanh(log(1 + 2)) = (9 − 1)/(9 + 1) = 0.8.
    expect(value("mish", Math.LN2)).toBeCloseTo(0.8 * Math.LN2, 15);
    expect(value("softplus", 0)).toBeCloseTo(Math.LN2, 15);
    expect(value("exponential", Math.log(3))).toBeCloseTo(3, 14);
    expect([-1, 3].map((z) => value("softsign", z))).toEqual([-0.5, 0.75]);
    expect([-4, 0, 1.5, 4].map((z) => value("hardSigmoid", z))).toEqual([0, 0.5, 0.75, 1]);
    expect([-4, -0.25, 4].map((z) => value("hardTanh", z))).toEqual([-1, -0.25, 1]);
    // softmax(0, ln 3) = (1, 3) / 4.
    const probabilities = activationOf("softmax").forward(Matrix.column([0, Math.log(3)]));
    expect(probabilities.get(0, 0)).toBeCloseTo(0.25, 15);
    expect(probabilities.get(1, 0)).toBeCloseTo(0.75, 15);
  });

  it("have the derivatives of their formulas; at a kink that of the left", () => {
    expect(slopeAt("sigmoid", 0)).toBe(0.25);
    expect(slopeAt("tanh", 0)).toBe(1);
    expect([-1, 0, 1].map((z) => slopeAt("relu", z))).toEqual([0, 0, 1]);
    expect([-1, 0, 1].map((z) => slopeAt("leakyRelu", z))).toEqual([0.01, 0.01, 1]);
    expect([-1, 0, 1].map((z) => slopeAt("prelu", z))).toEqual([0.25, 0.25, 1]);
    expect(slopeAt("linear", 5)).toBe(1);
    expect([slopeAt("elu", -Math.LN2), slopeAt("elu", 1)]).toEqual([0.5, 1]);
    expect(slopeAt("selu", 1)).toBe(1.0507009873554805);
    // Φ(0) and σ(0) are ½; tanh(log 2) = (4 − 1)/(4 + 1).
    expect(["gelu", "geluTanh", "silu", "softplus"].map((name) => slopeAt(name as "gelu", 0))).toEqual(
      Array(4).fill(0.5),
    );
    expect(slopeAt("mish", 0)).toBeCloseTo(0.6, 15);
    expect(slopeAt("softsign", -1)).toBe(0.25);
    expect([-4, 0, 4].map((z) => slopeAt("hardSigmoid", z))).toEqual([0, 1 / 6, 0]);
    expect([-4, 0, 4].map((z) => slopeAt("hardTanh", z))).toEqual([0, 1, 0]);
  });

  it("have the gradient of what they learn: Σ dA · z over the examples below zero", () => {
    const { parameters } = activationNamed("prelu").backward(
      [
        Matrix.from([
          [2, 3, 5],
          [7, 11, 13],
        ]),
      ],
      {
        inputs: [
          Matrix.from([
            [-1, 1, -2],
            [1, 2, -3],
          ]),
        ],
        outputs: [Matrix.zeros(2, 3)],
        cache: [],
        options: {},
        parameters: [Matrix.column([0.25, 0.25])],
        state: [],
        training: true,
        mask: undefined,
        members: 1,
      },
    );
    expect(parameters[0].toArray()).toEqual([[-12], [-39]]);
  });

  it.each(hiddenActivations)("%s stays in its range, and has limits where z has none", (name) => {
    const [low, high] = activationNamed(name).traits.range;
    for (const z of [-1e308, -1000, -746, -40, -1.2, -1e-300, 0, 1e-300, 1.2, 40, 746, 1000, 1e308]) {
      expect(value(name, z)).toBeGreaterThanOrEqual(low);
      expect(value(name, z)).toBeLessThanOrEqual(high);
      expect(slopeAt(name, z)).toBeGreaterThan(-0.2);
      expect(slopeAt(name, z)).toBeLessThan(1.8);
    }
    for (const z of [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]) {
      expect(value(name, z)).not.toBeNaN();
      expect(slopeAt(name, z)).not.toBeNaN();
    }
  });

  it("give probabilities as the softmax, for every finite input", () => {
    for (const z of [-1e308, -1000, -746, -40, 0, 40, 746, 1000, 1e308]) {
      const A = activationOf("softmax").forward(Matrix.column([z, 0, -z]));
      expect(Array.from(A.data).reduce((total, a) => total + a, 0)).toBeCloseTo(1, 14);
    }
  });

  it("let NaN through, so that nothing broken looks healthy", () => {
    for (const spec of all) expect(value(spec, Number.NaN), String(spec)).toBeNaN();
  });

  it("have a backward pass that agrees with the difference quotient of the forward pass", () => {
    const number = fc.double({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 4 }),
        (spec, pairs) => {
          const z = pairs.map(([z]) => z);
          const { forward, backward, name } = activation(spec, z.length);
          // Away from a kink, where there is no derivative to compare with.
          for (const kink of kinksOf(activationNamed(name))) fc.pre(z.every((z) => Math.abs(z - kink) > 1e-3));
          const dA = Matrix.column(pairs.map(([, d]) => d));
          const Z = Matrix.column(z);
          const dZ = backward(dA, Z, forward(Z));
          const inner = (Z: Matrix): number => Array.from(forward(Z).data).reduce((s, a, k) => s + a * dA.data[k], 0);
          for (let k = 0; k < z.length; k++) {
            const h = 1e-5;
            const plus = inner(Matrix.column(z.map((z, i) => (i === k ? z + h : z))));
            const minus = inner(Matrix.column(z.map((z, i) => (i === k ? z - h : z))));
            // Truncation h² |g'''| / 6 ≤ 3e-10 and rounding 16 u / h ≤ 2e-10, for |dA| ≤ 4 and 4 entries.
            expect(Math.abs(dZ.data[k] - (plus - minus) / (2 * h)), name).toBeLessThan(2e-9);
          }
        },
      ),
    );
  });
});
