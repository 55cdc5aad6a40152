import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";

describe("examples/payments", async () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  vi.spyOn(console, "table").mockImplementation(() => {});
  const { chosen, operatingPoints, rankings } = await import("../../examples/payments/payments.js");
  const at = (rule: string) => {
    const found = operatingPoints.find((point) => point.rule === rule);
    if (found === undefined) throw new Error(`no operating point ${rule}`);
    return found;
  };

  it("ranks by the network far better than by logistic regression, and most of the way to the best there can be", () => {
    // On 176 frauds a PR-AUC has a standard error of about 0.04; the margins below are several of them.
    expect(rankings["network 32-16-1"]).toBeGreaterThan(2 * rankings["logistic regression"]);
    expect(rankings["network 32-16-1"]).toBeGreaterThan(0.6 * rankings["true probabilities"]);
    expect(rankings["network 32-16-1"]).toBeLessThan(rankings["true probabilities"]);
  });

  it("is not taken in by the imbalance: fraud is 1 %, and more than half of it is found", () => {
    expect(rankings.chance).toBeGreaterThan(0.005);
    expect(rankings.chance).toBeLessThan(0.015);
    expect(rankings["logistic regression"]).toBeGreaterThan(5 * rankings.chance);
    expect(chosen.recall).toBeGreaterThan(0.5);
    expect(chosen.precision).toBeGreaterThan(10 * rankings.chance);
  });

  it("chooses a threshold that saves money, far more than to look at every payment", () => {
    expect(at("most money")).toEqual({ rule: "most money", ...chosen });
    expect(chosen.threshold).toBeGreaterThan(0);
    expect(chosen.threshold).toBeLessThan(1);
    expect(chosen["€ saved per 1,000"]).toBeGreaterThan(200);
    // € 5 a payment cost more than all fraud together.
    expect(at("look at all")["€ saved per 1,000"]).toBeLessThan(0);
    expect(at("look at all")["alerts per 1,000"]).toBe(1000);
  });

  it("keeps to the budgets of alerts, though they were set on other payments", () => {
    // 18,000 test payments: the number of alerts varies by about √(0.02 · (1/18 + 1/12)) ≈ 1.7 a thousand; 4 of these.
    expect(Math.abs(at("20 alerts per 1,000")["alerts per 1,000"] - 20)).toBeLessThanOrEqual(7);
    // The fewer the alerts, the more of them are fraud.
    expect(at("5 alerts per 1,000").precision).toBeGreaterThan(at("20 alerts per 1,000").precision);
    expect(at("5 alerts per 1,000").recall).toBeLessThan(at("20 alerts per 1,000").recall);
  });

  it("imports nothing but the package, and its README shows about the numbers it prints", () => {
    const folder = new URL("../../examples/payments/", import.meta.url);
    const source = readFileSync(new URL("payments.ts", folder), "utf8");
    for (const [, from] of source.matchAll(/from "([^"]+)"/g)) expect(from).toMatch(/^gradproof(\/|$)/);
    const readme = readFileSync(new URL("README.md", folder), "utf8");
    // About: another order of summation in the engine leads a run of 2,000 steps to slightly other weights.
    for (const [name, area] of Object.entries(rankings)) {
      const shown = new RegExp(`\\| ${name} +\\| (\\d\\.\\d\\d) +\\|`).exec(readme)?.[1];
      expect(Math.abs(Number(shown) - area), name).toBeLessThan(0.03);
    }
    for (const { rule, recall } of operatingPoints) {
      const shown = new RegExp(`\\| ${rule} +\\|[^|]*\\|[^|]*\\| +(\\d+) %`).exec(readme)?.[1];
      expect(Math.abs(Number(shown) - 100 * recall), rule).toBeLessThan(8);
    }
  });
});
