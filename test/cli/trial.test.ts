import { describe, expect, it } from "vitest";
import { chosenBy, noFile } from "../../src/cli/options/configFile.js";
import type { OptionValues } from "../../src/cli/options/options.js";
import { TrialRunner } from "../../src/cli/sweep/trial.js";
import { parseCsv } from "../../src/data/readers/csv.js";
import { boxes } from "./tables.js";

const table = parseCsv(boxes(60));
const rows = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, i) => from + i);
const runner = (options: OptionValues) => {
  const chosen = chosenBy(noFile, { epochs: 6, ...options });
  return new TrialRunner({
    table,
    config: { ...chosen, data: { ...chosen.data, target: "kind" } },
    beside: {},
    folds: [{ train: rows(0, 40), validation: rows(40, 60) }],
    metric: "cost",
  });
};
const run = { trial: 1, seed: 0, fold: 0, budget: 1 } as const;

describe("a run of a sweep", () => {
  // What the best settings are at last trained for.
  it.each([16, 40])("says after how many epochs its weights were best (batches of %i)", async (batchSize) => {
    const epochsOf = async (learningRate: number): Promise<unknown> => {
      const { metrics } = await runner({ batchSize, patience: 100 }).run({ ...run, settings: { learningRate } });
      return metrics?.epochsToBest;
    };
    // A rate so small that every epoch helps, and one so large that none does.
    expect(await epochsOf(0.0001)).toBe(6);
    expect(await epochsOf(10)).toBe(1);
    // After which epoch is known where training for so many, and no more, comes to the same cost.
    const settings = { learningRate: 0.1 };
    const whole = await runner({ batchSize, patience: 100, epochs: 30 }).run({ ...run, settings });
    const epochs = Number(whole.metrics?.epochsToBest);
    expect(epochs).toBeGreaterThan(1);
    expect(epochs).toBeLessThan(30);
    const short = await runner({ batchSize, patience: 100, epochs }).run({ ...run, settings });
    expect(short.value).toBe(whole.value);
    const shorter = await runner({ batchSize, patience: 100, epochs: epochs - 1 }).run({ ...run, settings });
    expect(shorter.value).not.toBe(whole.value);
  });
});
