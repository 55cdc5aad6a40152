import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { isHigherBetter } from "../../src/metrics/isHigherBetter.js";
import { summarize } from "../../src/metrics/summarize.js";

const P = Matrix.row([0.9, 0.6, 0.3, 0.1]);

describe("summarize", () => {
  it("two classes: by hand at 0.5 and at 0.2", () => {
    // truth 1 0 0 1. Above 0.5: one right, one false alarm, one missed. Above 0.2: one right, two false alarms, one missed.
    const Y = Matrix.row([1, 0, 0, 1]);
    expect(summarize(P, Y, "binary")).toEqual({
      accuracy: 0.5,
      precision: 0.5,
      recall: 0.5,
      f1: 0.5,
      rocAuc: 0.5,
      prAuc: 0.75,
    });
    expect(summarize(P, Y, "binary", { threshold: 0.2 })).toEqual({
      accuracy: 0.25,
      precision: 1 / 3,
      recall: 0.5,
      f1: 2 / 5,
      rocAuc: 0.5,
      prAuc: 0.75,
    });
  });

  it("leaves out an area that the labels do not define", () => {
    expect(summarize(P, Matrix.row([0, 0, 0, 0]), "binary")).toEqual({ accuracy: 0.5, precision: 0, recall: 0, f1: 0 });
    expect(Object.keys(summarize(P, Matrix.row([1, 1, 1, 1]), "binary"))).toEqual([
      "accuracy",
      "precision",
      "recall",
      "f1",
      "prAuc",
    ]);
  });

  it("several classes: no areas", () => {
    const Y = Matrix.from([
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
    expect(summarize(Y, Y, "multiclass")).toEqual({ accuracy: 1, precision: 1, recall: 1, f1: 1 });
  });

  it("regression", () => {
    expect(summarize(P, P, "regression")).toEqual({ mse: 0, r2: 1 });
  });
});

it("only losses and errors are better when lower", () => {
  const scores = ["accuracy", "precision", "recall", "f1", "rocAuc", "prAuc", "r2"] as const;
  const errors = ["cost", "logLoss", "mse", "rmse", "mae"] as const;
  expect([...scores, ...errors].filter((name) => !isHigherBetter(name))).toEqual(errors);
});
