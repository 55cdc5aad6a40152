import type { Table } from "gradproof";
import { describe, expect, it } from "vitest";
import { jobOf } from "../../../bench/tabular/job.js";

const xs = { kind: "numeric", name: "x", values: Float64Array.from({ length: 9 }, (_, i) => i) } as const;
const tableOf = (values: readonly (string | null)[]): Table => ({
  rows: 9,
  columns: [xs, { kind: "categorical", name: "y", values }],
});

describe("jobOf()", () => {
  const job = jobOf("t", tableOf(["b", "b", "b", "b", "a", "a", null, "a", "a"]), 0);

  it("leaves out rows without a target, and numbers classes by their names", () => {
    expect(job.names).toEqual(["a", "b"]);
    expect(job.y).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
    expect([...job.columns[0].values]).toEqual([0, 1, 2, 3, 4, 5, 7, 8]);
  });

  it("holds out a quarter of each class, by its seed", () => {
    expect(job.test.map((i) => job.y[i]).sort()).toEqual([0, 1]);
    expect([...job.train, ...job.test].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const again = jobOf("t", tableOf(["b", "b", "b", "b", "a", "a", null, "a", "a"]), 0);
    expect(again).toEqual(job);
  });

  it("takes two numbers as classes, and more as numbers", () => {
    const numeric = (values: number[]): Table => ({
      rows: 9,
      columns: [xs, { kind: "numeric", name: "y", values: Float64Array.from(values) }],
    });
    expect(jobOf("t", numeric([-1, 1, 1, 1, -1, -1, 1, -1, 1]), 0)).toMatchObject({
      task: "classes",
      names: ["-1", "1"],
    });
    expect(jobOf("t", numeric([1, 2, 3, 4, 5, 6, 7, 8, 9]), 0)).toMatchObject({ task: "numbers", classes: 0 });
  });
});
