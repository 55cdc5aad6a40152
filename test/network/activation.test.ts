import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { activationOf } from "../../src/network/activation.js";
import type { ActivationSpec } from "../../src/ops/names.js";

const all: readonly ActivationSpec[] = [
  "sigmoid",
  "tanh",
  "relu",
  "leakyRelu",
  { type: "leakyRelu", slope: 0.3 },
  "linear",
  "softmax",
];
const value = (spec: ActivationSpec, z: number): number =>
  activationOf(spec)
    .forward(Matrix.row([z]))
    .get(0, 0);

describe("activations", () => {
  it("have the values of their formulas", () => {
    // σ(ln 3) = 1 / (1 + 1/3) = 3/4; σ(−ln 3) = 1/4. tanh(½ ln 3) = (3 − 1)/(3 + 1) = ½.
    expect(value("sigmoid", Math.log(3))).toBeCloseTo(0.75, 15);
    expect(value("sigmoid", -Math.log(3))).toBeCloseTo(0.25, 15);
    expect(value("tanh", Math.log(3) / 2)).toBeCloseTo(0.5, 15);
    expect([-2, 0, 3].map((z) => value("relu", z))).toEqual([0, 0, 3]);
    expect([-2, 0, 3].map((z) => value("leakyRelu", z))).toEqual([-0.02, 0, 3]);
    expect(value({ type: "leakyRelu", slope: 0.3 }, -2)).toBe(-0.6);
    expect(value("linear", -2)).toBe(-2);
    // softmax(0, ln 3) = (1, 3) / 4.
    const probabilities = activationOf("softmax").forward(Matrix.column([0, Math.log(3)]));
    expect(probabilities.get(0, 0)).toBeCloseTo(0.25, 15);
    expect(probabilities.get(1, 0)).toBeCloseTo(0.75, 15);
  });

  it("have the derivatives of their formulas, 0 at the kink of ReLU and the slope at that of leaky ReLU", () => {
    const slopeAt = (spec: ActivationSpec, z: number): number => {
      const activation = activationOf(spec);
      const Z = Matrix.row([z]);
      return activation.backward(Matrix.row([1]), Z, activation.forward(Z)).get(0, 0);
    };
    expect(slopeAt("sigmoid", 0)).toBe(0.25);
    expect(slopeAt("tanh", 0)).toBe(1);
    expect([-1, 0, 1].map((z) => slopeAt("relu", z))).toEqual([0, 0, 1]);
    expect([-1, 0, 1].map((z) => slopeAt("leakyRelu", z))).toEqual([0.01, 0.01, 1]);
    expect(slopeAt("linear", 5)).toBe(1);
  });

  it("stay finite and in range for every finite input", () => {
    for (const z of [-1e308, -1000, -746, -40, 0, 40, 746, 1000, 1e308]) {
      expect(value("sigmoid", z)).toBeGreaterThanOrEqual(0);
      expect(value("sigmoid", z)).toBeLessThanOrEqual(1);
      expect(Math.abs(value("tanh", z))).toBeLessThanOrEqual(1);
      const A = activationOf("softmax").forward(Matrix.column([z, 0, -z]));
      expect(Array.from(A.data).reduce((total, a) => total + a, 0)).toBeCloseTo(1, 14);
    }
  });

  it("let NaN through, so that nothing broken looks healthy", () => {
    for (const spec of all) expect(value(spec, Number.NaN)).toBeNaN();
  });

  it("have a backward pass that agrees with the difference quotient of the forward pass", () => {
    const entry = fc.double({ min: -4, max: 4, noNaN: true });
    // Away from the kink, where there is no derivative to compare with.
    const smooth = fc
      .tuple(fc.double({ min: 1e-3, max: 4, noNaN: true }), fc.constantFrom(-1, 1))
      .map(([z, s]) => s * z);
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.array(fc.tuple(smooth, entry), { minLength: 1, maxLength: 4 }),
        (spec, pairs) => {
          const activation = activationOf(spec);
          const z = pairs.map(([z]) => z);
          const dA = Matrix.column(pairs.map(([, d]) => d));
          const Z = Matrix.column(z);
          const dZ = activation.backward(dA, Z, activation.forward(Z));
          const inner = (Z: Matrix): number =>
            Array.from(activation.forward(Z).data).reduce((s, a, k) => s + a * dA.data[k], 0);
          for (let k = 0; k < z.length; k++) {
            const h = 1e-5;
            const plus = inner(Matrix.column(z.map((z, i) => (i === k ? z + h : z))));
            const minus = inner(Matrix.column(z.map((z, i) => (i === k ? z - h : z))));
            // Truncation h² |g'''| / 6 ≤ 1e-10 and rounding 16 u / h ≤ 2e-10, for |dA| ≤ 4 and 4 entries.
            expect(Math.abs(dZ.data[k] - (plus - minus) / (2 * h))).toBeLessThan(2e-9);
          }
        },
      ),
    );
  });
});
