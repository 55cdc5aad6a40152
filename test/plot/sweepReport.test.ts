import { describe, expect, it } from "vitest";
import { parallelChart } from "../../src/plot/parallelChart.js";
import { settingAxis } from "../../src/plot/settingAxis.js";
import { sweepReport } from "../../src/plot/sweepReport.js";
import type { SweepTrial } from "../../src/sweep/ranking.js";

const trial = (number: number, l2: number, name: string, value?: number): SweepTrial => ({
  trial: number,
  settings: { l2, init: name },
  budget: 1,
  runs: [],
  ...(value === undefined ? { failure: "it <b>broke</b>" } : { value, spread: 0.1 }),
});
const input = {
  title: "Sweep: <y>",
  metric: "cost",
  search: { l2: [0, 1], init: ["he", "<i>"] },
  configuration: {},
  command: "gradproof sweep",
} as const;

describe("sweepReport", () => {
  it("draws every trial that has a value, lists the others with their reason, and escapes what it is given", () => {
    const page = sweepReport({
      ...input,
      trials: [trial(2, 0, "he", 0.5), trial(1, 1, "<i>", 0.7), trial(3, 1, "he")],
    });
    expect(page).toContain("Sweep: &lt;y&gt;");
    expect(page).toContain("it &lt;b&gt;broke&lt;/b&gt;");
    expect(page).toContain(" 1 failed.");
    expect(page).toContain("λ (l2) against validation cost");
    expect(page).not.toMatch(/<(b|i|y|script)>/);
  });

  it("takes one trial, and refuses none", () => {
    expect(sweepReport({ ...input, trials: [trial(1, 0, "he", 0.5)] })).toContain("Best: trial 1");
    expect(() => sweepReport({ ...input, trials: [trial(3, 1, "he")] })).toThrow("no trial has a value");
  });
});

describe("settingAxis", () => {
  const settings = (values: readonly (number | string)[]) => values.map((value) => ({ value, text: String(value) }));

  it("lists few values at equal distances, numbers by size", () => {
    const axis = settingAxis(settings([0.7, 0, 0.01, 0.7]), [0, 90]);
    expect(axis.ticks).toEqual([
      { at: 15, label: "0" },
      { at: 45, label: "0.01" },
      { at: 75, label: "0.7" },
    ]);
    expect(axis.place({ value: 0.01, text: "0.01" })).toBe(45);
  });

  it("is logarithmic for many numbers over orders of magnitude", () => {
    const values = Array.from({ length: 17 }, (_, i) => 10 ** (i / 4 - 4));
    const axis = settingAxis(settings(values), [0, 100]);
    const [low, middle, high] = [1e-4, 1e-2, 1].map((value) => axis.place({ value, text: "" }));
    expect(middle - low).toBeCloseTo(high - middle, 9);
  });
});

describe("parallelChart", () => {
  it("has a line a trial and an axis more than settings", () => {
    const svg = parallelChart({
      title: "t",
      names: ["a", "b"],
      valueLabel: "cost",
      trials: [1, 2, 3].map((value) => ({
        value,
        settings: [1, 2].map((n) => ({ value: n * value, text: `${n * value}` })),
      })),
      width: 400,
    });
    expect(svg.match(/L[\d.]+ [\d.]+L/g)).toHaveLength(3);
    expect(svg.match(/class="axis" d="M[\d.]+ [\d.]+V/g)).toHaveLength(3);
  });
});
