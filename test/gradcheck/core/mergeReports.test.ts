import { describe, expect, it } from "vitest";
import { mergeReports } from "../../../src/gradcheck/mergeReports.js";
import { networkReport } from "../../../src/gradcheck/network/networkReport.js";
import type { ReportData, Verdict } from "../../../src/gradcheck/report.js";
import { said } from "../said.js";

function reportOf(verdicts: readonly Verdict[], claimed: number): ReportData {
  const blocks = verdicts.map((verdict, k) => ({
    name: `W${k + 1}`,
    shape: [1, 1],
    verdict,
    claimed,
    numerical: 1,
    error: 1e-10,
    missProbability: 0,
  }));
  const fields = { mode: "directions", costEvaluations: 10, gradientEvaluations: 2, notes: [], seconds: 1 } as const;
  return { ...fields, verdict: verdicts[0], blocks };
}

describe("reports before and after training", () => {
  it.each<[Verdict, Verdict, Verdict, string]>([
    ["correct", "correct", "correct", "checked at the given parameters and again after 20 steps of training"],
    ["correct", "wrong", "wrong", "W1: the error shows after 20 steps of training, not at the given parameters"],
    ["undecided", "correct", "correct", "W1: undecided at the given parameters, correct after 20 steps of training"],
    ["correct", "undecided", "correct", "checked at the given parameters and again"],
    ["undecided", "undecided", "undecided", "checked at the given parameters and again"],
    ["undecided", "wrong", "wrong", "the error shows after 20 steps"],
  ])("%s and %s make %s", (first, second, verdict, note) => {
    const merged = mergeReports(reportOf([first], 1), reportOf([second], 2), 20);
    expect(merged.verdict).toBe(verdict);
    expect(merged.blocks[0].verdict).toBe(verdict);
    expect(merged.notes.map(said).join()).toContain(note);
    expect(merged.costEvaluations).toBe(20);
    expect(String(networkReport(merged))).toContain(verdict);
  });

  it("show the numbers of the point that decided", () => {
    const merged = mergeReports(reportOf(["correct", "undecided"], 1), reportOf(["wrong", "undecided"], 2), 1);
    expect(merged.blocks.map(({ claimed }) => claimed)).toEqual([2, 1]);
    expect(merged.verdict).toBe("wrong");
    expect(merged.notes.map(said).join()).toContain("after 1 step of training");
  });
});
