import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { OptionError } from "../../src/constraint/constraint.js";
import { parseCsv } from "../../src/data/readers/csv.js";
import { parseModel, serializeModel } from "../../src/formats/modelFile.js";
import { predictTable } from "../../src/formats/predictModel.js";
import { costPerRow } from "../../src/pipeline/decisionThreshold.js";
import { fit as fitTable } from "../../src/pipeline/fit.js";
import { prepare } from "../../src/pipeline/prepare.js";
import { parseModel as parseToPredict } from "../../src/predict/parseModel.js";

/** Two classes that overlap: of x from 0 to 9, the more are "yes" the larger x is. */
const rows = Array.from({ length: 200 }, (_, i) => `${i % 10},${(i * 7) % 10 < i % 10 ? "yes" : "no"},${i % 3}`);
const table = parseCsv(["x,bought,colour", ...rows].join("\n"));
const quick = { training: { epochs: 2 } };

describe("costs of mistakes", () => {
  it("put the threshold where predicting the second class pays", () => {
    const thresholdOf = (costOfMistakes: readonly [number, number]) =>
      prepare(table, { data: { target: "bought", costOfMistakes } }).threshold;
    expect(thresholdOf([1, 50])).toBe(1 / 51);
    expect(thresholdOf([3, 1])).toBe(0.75);
    expect(prepare(table, { data: { target: "bought" } }).threshold).toBeUndefined();
  });

  it("are saved with the model, and every prediction keeps to them", async () => {
    const fitted = await fitTable(table, { target: "bought", costOfMistakes: [1, 50], ...quick });
    const { model, metrics } = fitted;
    // Intervals are of the metrics at that threshold, and drawn once.
    expect(fitted.intervals.validation?.recall).toEqual([1, 1]);
    expect(fitted.intervals).toBe(fitted.intervals);
    expect(model.threshold).toBe(1 / 51);
    // So low a threshold misses none, and calls nearly all.
    expect(metrics.validation?.recall).toBe(1);
    const bytes = serializeModel(model);
    for (const copy of [model, parseModel(bytes), parseToPredict(bytes)]) {
      expect(copy.threshold).toBe(1 / 51);
      const { label, probabilities } = copy.predict({ x: 3, colour: 1 });
      const p = probabilities?.yes ?? Number.NaN;
      expect([p > 1 / 51, p < 0.5, label]).toEqual([true, true, "yes"]);
      expect(copy.predict({ x: 3, colour: 1 }, { threshold: 0.5 }).label).toBe("no");
    }
    const one = parseCsv("x,colour\n3,1\n");
    expect(predictTable(model, one).labels).toEqual(["yes"]);
    expect(predictTable(model, one, { threshold: 0.5 }).labels).toEqual(["no"]);
  });

  it("are refused of a number, of several classes, and beside weights of classes", () => {
    const refused = (configuration: object, message: string): void => {
      const call = () => prepare(table, { ...configuration });
      expect(call).toThrow(OptionError);
      expect(call).toThrow(message);
    };
    const costOfMistakes = [1, 50];
    refused(
      { data: { target: "x", task: "regression", costOfMistakes } },
      "costOfMistakes 1:50 is for two classes, and x is regression",
    );
    refused({ data: { target: "colour", task: "multiclass", costOfMistakes } }, "colour is multiclass");
    refused(
      { data: { target: "bought", costOfMistakes }, training: { classWeight: "balanced" } },
      "leave classWeight out",
    );
    for (const wrong of [1, [1], [1, 2, 3], [0, 1], [1, -1], [1, Number.NaN], ["1", 2]]) {
      refused({ data: { target: "bought", costOfMistakes: wrong } }, "costOfMistakes");
    }
  });

  it("come to what each mistake costs, by hand", () => {
    const held = { P: Matrix.row([0.1, 0.3, 0.6, 0.9]), part: { Y: Matrix.row([0, 1, 0, 1]) } };
    expect(costPerRow(held, 0.5, [1, 50])).toBe((50 + 1) / 4); // 0.3 is missed, 0.6 a false alarm
    expect(costPerRow(held, 0.2, [1, 50])).toBe(1 / 4);
    expect(costPerRow(held, 0.95, [1, 50])).toBe(100 / 4);
  });
});
