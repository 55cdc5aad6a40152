import { describe, expect, it } from "vitest";
import { type Method, methods, type Result, reportOf } from "../../../bench/tabular/report.js";

const result = (table: string, seed: number, method: Method, more: Partial<Result>): Result => ({
  table,
  seed,
  method,
  version: "1",
  rows: 100,
  task: "numbers",
  seconds: 1,
  ...more,
});

/** R² and RMSE of each method in the order of `methods`. */
const contest = (table: string, seed: number, hits: readonly number[], seconds: readonly number[] = []): Result[] =>
  methods.map((method, k) =>
    result(table, seed, method, { hit: hits[k], loss: 1 - hits[k], seconds: seconds[k] ?? 1 }),
  );

describe("reportOf()", () => {
  it("takes the mean of a table's splits before that of the tables", () => {
    const lines = reportOf([
      ...contest("a", 0, [0.9, 0.8, 0.7, 0.6, 0.5, 0.4]), // ranks 1 … 6
      ...contest("a", 1, [0.8, 0.9, 0.7, 0.6, 0.5, 0.4]), // ours is second
      ...contest("b", 0, [0.9, 0.8, 0.7, 0.6, 0.5, 0.4]),
    ]).join("\n");
    // (1.5 + 1) / 2, and ± 12.706 · 0.25
    expect(lines).toContain("| accuracy / R² | 1.25 (-1.93 … 4.43) |");
    expect(lines).toContain("over 3 splits of 2 tables");
    expect(lines).toContain("Last by more than one standard error: nowhere.");
  });

  it("leaves out a split that a method is missing from", () => {
    const some = contest("a", 0, [0.9, 0.8, 0.7, 0.6, 0.5, 0.4]).slice(1);
    expect(reportOf(some)).toEqual(["No table has been measured by all methods."]);
  });

  it("says where ours is last, where trees are ahead and where it takes too long", () => {
    const lines = reportOf(contest("a", 0, [0.1, 0.8, 0.7, 0.6, 0.5, 0.4], [3, 2, 1, 1, 1, 1])).join("\n");
    expect(lines).toContain("Last by more than one standard error: a (accuracy / R²), a (log loss / RMSE).");
    expect(lines).toContain("| 3.00 | 1.50 | R², RMSE |");
    expect(lines).toContain("on 0 of 1 tables; not on a.");
  });

  it("ranks a method that failed last", () => {
    const failed = result("a", 0, "MLP-es", { failure: "too few rows" });
    const lines = reportOf([
      ...contest("a", 0, [0.9, 0.8, 0.7, 0.6, 0.5, 0.4]).filter(({ method }) => method !== "MLP-es"),
      failed,
    ]).join("\n");
    expect(lines).toContain("| accuracy / R² | 1.00 | 2.00 | 6.00 | 3.00 | 4.00 | 5.00 |");
  });
});
