import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { predict } from "../../src/engine/predict.js";
import { dense } from "../../src/network/dense.js";
import { network, networkWith } from "../../src/network/network.js";
import { evaluate } from "../../src/training/evaluate.js";
import { sharpness, temper } from "../../src/training/temperature.js";

describe("sharpness()", () => {
  it("is the root of the derivative, worked by hand", () => {
    // Four examples of logit 2, three of which are right: Σ z (σ(2s) − y) + s − 1 = 4 · 2 (σ(2s) − 3/4) + s − 1 = 0.
    const s = sharpness(Matrix.row([2, 2, 2, 2]), Matrix.row([1, 1, 1, 0]), "binary");
    expect(8 * (1 / (1 + Math.exp(-2 * s)) - 0.75) + s - 1).toBeCloseTo(0, 10);
    // Without the pull to 1 it is ln 3 / 2, where σ(2s) = 3/4; with many such examples nearly.
    const many = Array.from({ length: 4000 }, (_, j) => Number(j % 4 > 0));
    expect(sharpness(Matrix.row(many.map(() => 2)), Matrix.row(many), "binary")).toBeCloseTo(Math.log(3) / 2, 3);
  });

  it("is the same of two classes as of a sigmoid of their difference", () => {
    const z = [1.5, -0.3, 4, -2, 0.7];
    const y = [1, 1, 0, 0, 1];
    const two = Matrix.from([z.map(() => 0.25), z.map((value) => value + 0.25)]);
    const one = sharpness(Matrix.row(z), Matrix.row(y), "binary");
    expect(sharpness(two, Matrix.from([y.map((value) => 1 - value), y]), "multiclass")).toBeCloseTo(one, 9);
  });

  it("moves little on a few examples that are all right, and is small where they are all wrong", () => {
    const right = sharpness(Matrix.row([3, -3]), Matrix.row([1, 0]), "binary");
    expect(right).toBeGreaterThan(1);
    expect(right).toBeLessThan(1.5);
    expect(sharpness(Matrix.row([9, 9, -9]), Matrix.row([0, 0, 1]), "binary")).toBeCloseTo(0.01, 9);
  });
});

describe("temper()", () => {
  const classifiers = fc.record({
    seed: fc.nat(1000),
    classes: fc.integer({ min: 1, max: 4 }),
    examples: fc.integer({ min: 1, max: 40 }),
    scale: fc.constantFrom(0.1, 1, 30),
    dtype: fc.constantFrom("float32" as const, "float64" as const),
    labels: fc.array(fc.nat(100), { minLength: 40, maxLength: 40 }),
  });

  it("never raises the log loss there, and leaves which class is likelier", () => {
    fc.assert(
      fc.property(classifiers, ({ seed, classes, examples, scale, dtype, labels }) => {
        const outputs = classes === 2 ? 1 : classes;
        const last = dense(outputs, classes < 3 ? "sigmoid" : "softmax");
        const model = network({ inputs: 2, layers: [dense(4, "tanh"), last], seed, dtype });
        const { W, b } = model.layers[1];
        for (const { data } of [W, b]) for (let k = 0; k < data.length; k++) data[k] = scale * (data[k] + 0.1);
        const X = Matrix.from([0, 1].map((i) => labels.slice(0, examples).map((_, j) => Math.sin(7 * j + i + seed))));
        const Y = Matrix.zeros(outputs, examples);
        for (let j = 0; j < examples; j++) {
          if (outputs === 1) Y.data[j] = labels[j] % 2;
          else Y.data[(labels[j] % outputs) * examples + j] = 1;
        }
        const data = { X: X.as(dtype), Y: Y.as(dtype) };
        const before = evaluate(model, data);
        const temperature = temper(model, data);
        const after = evaluate(model, data);
        expect(temperature).toBeGreaterThan(0);
        // float32 rounds the weights that the temperature went into.
        expect(after.cost).toBeLessThanOrEqual(before.cost + (dtype === "float32" ? 1e-5 : 1e-12) * (1 + before.cost));
        if (scale < 30) expect(after.accuracy).toBe(before.accuracy);
      }),
    );
  });

  it("divides the logits, and nothing else", () => {
    const model = network({ inputs: 1, layers: [dense(2, "tanh"), dense(1, "sigmoid")], seed: 3 });
    const first = model.parameters.W1.data.slice();
    const logit = (p: number): number => Math.log(p / (1 - p));
    const data = { X: Matrix.row([-1, 0.5, 2]), Y: Matrix.row([1, 0, 1]) };
    const before = predict(model, data.X);
    const temperature = temper(model, data) ?? Number.NaN;
    const after = predict(model, data.X);
    for (let j = 0; j < 3; j++) expect(logit(after.data[j])).toBeCloseTo(logit(before.data[j]) / temperature, 12);
    expect(model.parameters.W1.data).toEqual(first);
  });

  it("leaves regressions, and logits that overflow, as they are", () => {
    const data = { X: Matrix.row([1, 2]), Y: Matrix.row([0, 1]) };
    const line = networkWith({ inputs: 1, layers: [dense(1, "linear")] }, Float64Array.of(3, 1));
    expect(temper(line, data)).toBeUndefined();
    expect(line.theta).toEqual(Float64Array.of(3, 1));
    const huge = networkWith({ inputs: 1, layers: [dense(1, "sigmoid")] }, Float64Array.of(1.5e308, 1));
    expect(temper(huge, data)).toBeUndefined();
    expect(huge.theta).toEqual(Float64Array.of(1.5e308, 1));
  });
});
