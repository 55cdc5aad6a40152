import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { activationOf } from "../../src/network/activation.js";
import { lossOf } from "../../src/network/loss.js";
import { lossIn } from "../../src/network/network.js";
import type { LossSpec } from "../../src/ops/names.js";

const loss = (spec: LossSpec) => lossOf({ loss: lossIn(spec) });
const binaryCrossEntropy = loss("binaryCrossEntropy");
const categoricalCrossEntropy = loss("categoricalCrossEntropy");
const huber = loss("huber");
const meanSquaredError = loss("meanSquaredError");
const sigmoid = activationOf("sigmoid");
const softmax = activationOf("softmax");

describe("losses", () => {
  it("have the values worked out by hand", () => {
    // a = σ(0) = ½: −log ½ = log 2 for either label. a = σ(ln 3) = ¾: −log ¾ and −log ¼.
    const Z = Matrix.row([0, Math.log(3), Math.log(3)]);
    const Y = Matrix.row([1, 1, 0]);
    const binary = binaryCrossEntropy.perExample(Z, sigmoid.forward(Z), Y).toArray()[0];
    for (const [k, expected] of [Math.log(2), Math.log(4 / 3), Math.log(4)].entries()) {
      expect(binary[k]).toBeCloseTo(expected, 15);
    }
    // softmax(0, ln 3) = (¼, ¾): −log ¼ = log 4 for class 0.
    const logits = Matrix.column([0, Math.log(3)]);
    const categorical = categoricalCrossEntropy.perExample(logits, softmax.forward(logits), Matrix.column([1, 0]));
    expect(categorical.get(0, 0)).toBeCloseTo(Math.log(4), 15);
    // Errors 1 and −3 of two units: (1 + 9) / 2 = 5, with gradient 2 · error / 2.
    const outputs = Matrix.column([2, 1]);
    const targets = Matrix.column([1, 4]);
    expect(meanSquaredError.perExample(outputs, outputs, targets).toArray()).toEqual([[5]]);
    expect(meanSquaredError.derivative(outputs, outputs, targets).toArray()).toEqual([[1], [-3]]);
    // The same errors: ½ of the square of 1, and 3 − ½, over 2; with gradients ±1 / 2.
    expect(huber.perExample(outputs, outputs, targets).toArray()).toEqual([[1.5]]);
    expect(huber.derivative(outputs, outputs, targets).toArray()).toEqual([[0.5], [-0.5]]);
    // Within δ the error itself.
    const near = Matrix.row([0.5, -0.25]);
    expect(huber.perExample(near, near, Matrix.row([0, 0])).toArray()).toEqual([[0.125, 0.03125]]);
    expect(huber.derivative(near, near, Matrix.row([0, 0])).toArray()).toEqual([[0.5, -0.25]]);
  });

  it("stay finite where a = 0 or a = 1, where the textbook formula takes log 0", () => {
    const Z = Matrix.row([1000, -1000, 1000, -1000, 1e300]);
    const Y = Matrix.row([1, 0, 0, 1, 0]);
    expect(binaryCrossEntropy.perExample(Z, sigmoid.forward(Z), Y).toArray()).toEqual([[0, 0, 1000, 1000, 1e300]]);
    const logits = Matrix.from([
      [1000, -1e300],
      [0, 1e300],
    ]);
    const one = Matrix.from([
      [0, 0],
      [1, 1],
    ]);
    expect(categoricalCrossEntropy.perExample(logits, softmax.forward(logits), one).toArray()).toEqual([[1000, 0]]);
  });

  it("equal the textbook formula where that one is exact enough", () => {
    const logit = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(logit, fc.constantFrom(0, 1), (z, y) => {
        const Z = Matrix.row([z]);
        const A = sigmoid.forward(Z);
        const a = A.get(0, 0);
        const textbook = y === 1 ? -Math.log(a) : -Math.log(1 - a);
        const stable = binaryCrossEntropy.perExample(Z, A, Matrix.row([y])).get(0, 0);
        // 1 − a loses up to u e²⁰ ≈ 5e-8 of its digits; the absolute error of its log is that number.
        expect(Math.abs(stable - textbook)).toBeLessThan(1e-7);
        // Two classes by softmax over (0, z) are the same probabilities.
        const pair = Matrix.column([0, z]);
        const categorical = categoricalCrossEntropy.perExample(pair, softmax.forward(pair), Matrix.column([1 - y, y]));
        expect(Math.abs(categorical.get(0, 0) - stable)).toBeLessThan(1e-14);
      }),
    );
  });

  it("say what is wrong with a target", () => {
    expect(binaryCrossEntropy.complaint(Matrix.row([0, 2]), 1)).toContain("the label is 2");
    expect(binaryCrossEntropy.complaint(Matrix.row([0, 1]), 1)).toBeUndefined();
    expect(categoricalCrossEntropy.complaint(Matrix.column([1, 1]), 0)).toContain("2 ones");
    expect(categoricalCrossEntropy.complaint(Matrix.column([0, 0]), 0)).toContain("0 ones");
    expect(categoricalCrossEntropy.complaint(Matrix.column([0.5, 0.5]), 0)).toContain("entry 0 is 0.5");
    expect(meanSquaredError.complaint(Matrix.row([Number.NaN]), 0)).toContain("NaN");
    expect(huber.complaint(Matrix.row([1, Number.POSITIVE_INFINITY]), 1)).toContain("Infinity");
    expect(huber.complaint(Matrix.row([1, -5]), 1)).toBeUndefined();
  });
});
