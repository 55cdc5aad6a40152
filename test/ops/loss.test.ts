import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { activationOf } from "../../src/network/activation.js";
import { lossOf } from "../../src/network/loss.js";
import { lossIn } from "../../src/network/network.js";
import { outputTargets } from "../../src/ops/loss/outputTargets.js";
import { type LossSpec, names, outputActivationOf } from "../../src/ops/names.js";

const loss = (spec: LossSpec) => lossOf({ loss: lossIn(spec) });
const binaryCrossEntropy = loss("binaryCrossEntropy");
const categoricalCrossEntropy = loss("categoricalCrossEntropy");
const huber = loss("huber");
const meanSquaredError = loss("meanSquaredError");
const sigmoid = activationOf("sigmoid");
const softmax = activationOf("softmax");

const meanOf = ({ data, columns }: Matrix): number => Array.from(data).reduce((sum, l) => sum + l / columns, 0);

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
    // With δ = 2: 1/2 and 2 (3 − 1), over 2.
    const wide = loss({ type: "huber", delta: 2 });
    expect(wide.perExample(outputs, outputs, targets).toArray()).toEqual([[2.25]]);
    expect(wide.derivative(outputs, outputs, targets).toArray()).toEqual([[0.5], [-1]]);
    // 1 and 3, over 2. Of quantile ¼: ¾ · 1 too high and ¼ · 3 too low, over 2.
    const absolute = loss("meanAbsoluteError");
    expect(absolute.perExample(outputs, outputs, targets).toArray()).toEqual([[2]]);
    expect(absolute.derivative(outputs, outputs, targets).toArray()).toEqual([[0.5], [-0.5]]);
    expect(absolute.derivative(targets, targets, targets).toArray()).toEqual([[0], [0]]);
    const quarter = loss({ type: "quantile", tau: 0.25 });
    expect(quarter.perExample(outputs, outputs, targets).toArray()).toEqual([[0.75]]);
    expect(quarter.derivative(outputs, outputs, targets).toArray()).toEqual([[0.375], [-0.125]]);
    // A rate of 2 for counts of 0 and 2: 2 − 0, and nothing.
    const rates = Matrix.row([Math.LN2, Math.LN2]);
    const [none, all] = loss("poisson").perExample(rates, Matrix.row([2, 2]), Matrix.row([0, 2])).data;
    expect(none).toBeCloseTo(2, 15);
    expect(all).toBeCloseTo(0, 15);
    // p = ½, γ = 2: ¼ log 2, times α.
    const focal = loss({ type: "binaryFocal", alpha: 0.75 }).perExample(
      Matrix.row([0, 0]),
      Matrix.row([0.5, 0.5]),
      Matrix.row([1, 0]),
    );
    expect(focal.get(0, 0)).toBeCloseTo(0.1875 * Math.LN2, 15);
    expect(focal.get(0, 1)).toBeCloseTo(0.0625 * Math.LN2, 15);
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

  it.each(names.losses.filter((name) => lossIn(name).activation !== undefined))(
    "stay finite from their logits, as sure and as wrong as they may be: %s",
    (name) => {
      const { perExample, derivative } = loss(name);
      const activation = activationOf(outputActivationOf(name));
      // A rate of e¹⁰⁰⁰ is no number, and neither is its cost.
      const far = lossIn(name).targets === "counts" ? [-1000, 700] : [-1000, 1000];
      for (const [high, low] of [far, [...far].reverse()]) {
        for (const y of [0, 1]) {
          const Z = Matrix.column([high, low]);
          const Y = Matrix.column([y, 1 - y]);
          const A = activation.forward(Z);
          expect(perExample(Z, A, Y).data.every((l) => Number.isFinite(l) && l >= 0)).toBe(true);
          expect(derivative(Z, A, Y).data.every(Number.isFinite)).toBe(true);
        }
      }
    },
  );

  it("have a guess that no other answer beats, where they say so", () => {
    const y = [0, 1, 1, 3, 7, 2, 2, 11];
    const targets = outputTargets(y, (value) => value / y.length);
    for (const spec of ["meanSquaredError", "meanAbsoluteError", { type: "quantile", tau: 0.8 }, "poisson"] as const) {
      const { guess, chance, perExample, logitOf } = loss(spec);
      const g = activationOf(outputActivationOf(lossIn(spec).name)).forward;
      const costOf = (answer: number): number => {
        const Z = Matrix.filled(1, y.length, logitOf(answer));
        return meanOf(perExample(Z, g(Z), Matrix.row(y)));
      };
      const best = guess(targets, 1);
      expect(costOf(best)).toBeCloseTo(chance(targets, 1), 12);
      for (const other of [best * 0.9, best * 1.1, 1, 12])
        expect(costOf(other)).toBeGreaterThanOrEqual(costOf(best) - 1e-12);
    }
    // Of smoothed labels the smoothed share, which costs their entropy.
    const labels = outputTargets([0, 0, 0, 1], (value) => value / 4);
    const smooth = loss({ type: "binaryCrossEntropy", smoothing: 0.2 });
    expect(smooth.guess(labels, 1)).toBeCloseTo(0.3, 15);
    expect(smooth.chance(labels, 1)).toBeCloseTo(-0.3 * Math.log(0.3) - 0.7 * Math.log(0.7), 15);
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
    expect(loss("poisson").complaint(Matrix.row([0, -1]), 1)).toContain(
      "the target is -1; the Poisson loss needs counts",
    );
    expect(loss("poisson").complaint(Matrix.row([0, 2.5]), 1)).toBeUndefined();
    expect(loss("categoricalFocal").complaint(Matrix.column([1, 1]), 0)).toContain("2 ones");
  });
});
