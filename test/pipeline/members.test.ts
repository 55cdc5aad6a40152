import { describe, expect, it } from "vitest";
import { parseCsv } from "../../src/data/readers/csv.js";
import { parseModel, serializeModel } from "../../src/formats/modelFile.js";
import { predictTable } from "../../src/formats/predictModel.js";
import type { LayerSpec } from "../../src/network/spec.js";
import { configurationOf } from "../../src/pipeline/configurationOf.js";
import { fit as fitTable } from "../../src/pipeline/fit.js";
import { parseConfiguration } from "../../src/pipeline/parseConfiguration.js";
import { parseModel as parsePredictive } from "../../src/predict/parseModel.js";
import { predictTable as predictAlone } from "../../src/predict/predictModel.js";

const rows = Array.from({ length: 90 }, (_, i) => `${i % 9},${["low", "middle", "high"][Math.floor((i % 9) / 3)]}`);
const table = parseCsv(["x,level", ...rows].join("\n"));
const withLast = (units: number): object => ({
  data: { target: "level" },
  network: {
    dtype: "float64",
    layers: [
      {
        type: "members",
        members: 4,
        layers: [
          { type: "dense", units: 8, activation: "tanh" },
          { type: "dense", units, activation: "softmax" },
        ],
      } satisfies LayerSpec,
    ],
  },
  training: { epochs: 60, learningRate: 0.05 },
});

describe("members that share weights, in a configuration", () => {
  it("are read, trained, saved and predicted with, and say classes", async () => {
    const given = parseConfiguration(JSON.parse(JSON.stringify(withLast(3))));
    const { model, metrics } = await fitTable(table, given);
    expect(metrics.validation?.accuracy).toBe(1);
    const bytes = serializeModel(model);
    const asked = parseCsv("x\n0\n4\n8\n");
    const predicted = predictTable(parseModel(bytes), asked);
    const { outputs } = predicted;
    expect(outputs.shape).toEqual([3, 3]);
    for (let j = 0; j < 3; j++) {
      const sum = outputs.get(0, j) + outputs.get(1, j) + outputs.get(2, j);
      expect(Math.abs(sum - 1)).toBeLessThan(1e-15 * 8);
    }
    expect(predictAlone(parsePredictive(bytes), asked).outputs).toEqual(outputs);
    expect(configurationOf(model).network?.layers).toEqual(given.network?.layers);
  });

  it("are refused with as many outputs as all members have", async () => {
    const given = parseConfiguration(withLast(12));
    await expect(fitTable(table, given)).rejects.toThrow(
      "the last layer has 12 units for the task multiclass, the data needs 3",
    );
  });
});
