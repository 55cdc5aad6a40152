import { describe, expect, it } from "vitest";
import { chosenBy, noFile } from "../../src/cli/options/configFile.js";
import type { OptionValues } from "../../src/cli/options/options.js";
import { type TrialData, TrialRunner } from "../../src/cli/sweep/trial.js";
import { parseCsv } from "../../src/data/readers/csv.js";
import { boxes } from "./tables.js";

const table = parseCsv(boxes(60));
const rows = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, i) => from + i);
const dataOf = (options: OptionValues): TrialData => {
  const chosen = chosenBy({ ...noFile, version: 3 }, { epochs: 6, ...options });
  return {
    table,
    config: { ...chosen, data: { ...chosen.data, target: "kind" } },
    beside: {},
    folds: [{ train: rows(0, 40), validation: rows(40, 60) }],
    metric: "cost",
  };
};
const runner = (options: OptionValues) => new TrialRunner(dataOf(options));
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

  it("of an ensemble is ranked by its mean prediction", async () => {
    const settings = { l2: 0.1 };
    const alone = await Promise.all(
      [5, 6].map((seed) => runner({ seed: 0, hidden: [3] }).run({ ...run, seed, settings })),
    );
    // The second run of a trial has members of its own: seeds 2 and 3 after 0 and 1.
    const pair = { seed: 0, hidden: [3], members: 2 };
    const both = await runner({ ...pair, seed: 4 }).run({ ...run, seed: 4, settings });
    const second = await runner({ ...pair, seed: 3 }).run({ ...run, seed: 4, settings });
    const [one, two] = alone.map(({ value = Number.NaN }) => value);
    expect(second.value).toBeLessThan((one + two) / 2);
    expect(second.value).toBeGreaterThan(0);
    expect(both.value).not.toBe(second.value);
    expect(second.value).toBe(second.metrics?.cost);
  });

  it("of an ensemble fails where a member diverges", async () => {
    const { value, failure } = await runner({ members: 2, optimizer: "gradientDescent" }).run({
      ...run,
      settings: { learningRate: 1e300 },
    });
    expect(value).toBeUndefined();
    expect(failure).toMatch(/^training stopped at iteration 1: /);
  });

  it("is ranked in the unit of the target, whether or not a loss scales it", async () => {
    const numbers = parseCsv(["x,y", ...Array.from({ length: 60 }, (_, i) => `${i},${3 * i + 100}`)].join("\n"));
    const { config, ...others } = dataOf({ normalizeTarget: true });
    const data = { ...config.data, task: "regression", target: "y" } as const;
    const outcome = await new TrialRunner({
      ...others,
      config: { ...config, data },
      table: numbers,
      metric: "mse",
    }).run({
      ...run,
      settings: {},
    });
    // 60 rows of variance 2,700: after 6 epochs not much of it is learned.
    expect(outcome.value).toBeGreaterThan(100);
    expect(outcome.value).toBe(outcome.metrics?.mse);
  });
});
