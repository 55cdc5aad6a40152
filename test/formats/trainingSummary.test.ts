import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { OptionError } from "../../src/constraint/constraint.js";
import { parseTrainingSummary, summaryOf } from "../../src/formats/trainingSummary.js";
import { summarize } from "../../src/metrics/summarize.js";
import { dense } from "../../src/network/dense.js";
import { networkWith } from "../../src/network/network.js";
import { evaluate } from "../../src/training/evaluate.js";
import { train } from "../../src/training/train.js";

const model = networkWith({ inputs: 1, layers: [dense(1, "sigmoid")] }, Float64Array.of(4, 0));
const data = { X: Matrix.row([-2, -1, 1, 2]), Y: Matrix.row([0, 1, 1, 1]) };
const run = await train(model, data, { iterations: 3 });

describe("summaryOf()", () => {
  it("takes what evaluate() and summarize() give, and numbers by name", () => {
    const test = evaluate(model, data);
    const validation = summarize(Matrix.row([1, 2]), Matrix.row([1, 3]), "regression");
    const { metrics } = summaryOf(run, 4, { train: { cost: 0.5 }, validation, test });
    expect(metrics).toEqual({ train: { cost: 0.5 }, validation: { ...validation }, test: { ...test } });
    expect(metrics.test?.accuracy).toBe(0.75);
  });

  it("leaves out what is undefined or not finite, so that every summary can be read", () => {
    const metric = fc.option(fc.double(), { nil: undefined });
    const part = fc.dictionary(fc.string(), metric);
    fc.assert(
      fc.property(
        fc.record({ train: part, validation: part, test: part }, { requiredKeys: [] }),
        fc.nat(),
        (metrics, examples) => {
          const summary = summaryOf(run, examples, metrics);
          for (const [name, values] of Object.entries(metrics)) {
            const finite = Object.entries(values).filter(([, value]) => value !== undefined && Number.isFinite(value));
            expect(Object.entries(summary.metrics[name])).toEqual(finite);
          }
          const text = JSON.stringify(summary);
          expect(JSON.stringify(parseTrainingSummary(JSON.parse(text)))).toBe(text);
        },
      ),
    );
  });

  it.each([
    ["another part", { all: {} }, 'summaryOf(): metrics: unknown option "all" (known: train, validation, test)'],
    ["no object", { train: 3 }, "summaryOf(): metrics.train must be an object of numbers, got 3"],
    ["no number", { test: { cost: "low" } }, 'summaryOf(): metrics.test.cost must be a finite number, got "low"'],
  ])("refuses %s", (_, metrics, message) => {
    const call = (): unknown => summaryOf(run, 4, metrics as never);
    expect(call).toThrow(OptionError);
    expect(call).toThrow(message);
  });
});
