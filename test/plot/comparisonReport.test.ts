import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import {
  type ComparedRun,
  comparisonReport,
  configurationDifferences,
  costCurves,
  metricRows,
} from "../../src/plot/comparisonReport.js";
import { named, parseMarkup, textOf } from "./markupTree.js";

const run = (name: string, more: Partial<ComparedRun> = {}): ComparedRun => ({
  name,
  history: Array.from({ length: 20 }, (_, i) => ({
    iteration: 10 * i,
    epoch: i + 1,
    cost: 0.7 / (i + 1) + 0.05,
    dataCost: 0.7 / (i + 1),
    penalty: 0.05,
    validation: { cost: 0.8 / (i + 1) },
  })),
  stepsPerEpoch: 10,
  epochs: 20,
  metrics: { train: { cost: 0.02, accuracy: 0.99 }, validation: { cost: 0.03, accuracy: 0.95 } },
  configuration: { l2: 0, hidden: [32, 16], optimizer: { type: "adam" } },
  ...more,
});

describe("what is compared", () => {
  it("is every metric of any run, with the best where they differ", () => {
    const other = run("b", { metrics: { train: { cost: 0.03, accuracy: 0.99 }, test: { f1: 0.5 } } });
    expect(metricRows([run("a"), other])).toEqual([
      { split: "train", metric: "cost", values: [0.02, 0.03], best: [true, false] }, // lower is better
      { split: "train", metric: "accuracy", values: [0.99, 0.99], best: [false, false] },
      { split: "validation", metric: "cost", values: [0.03, undefined], best: [false, false] },
      { split: "validation", metric: "accuracy", values: [0.95, undefined], best: [false, false] },
      { split: "test", metric: "f1", values: [undefined, 0.5], best: [false, false] },
    ]);
    const better = run("c", { metrics: { train: { accuracy: 1, rocAuc: Number.NaN } } });
    expect(metricRows([run("a"), better]).find(({ metric }) => metric === "accuracy")?.best).toEqual([false, true]);
  });

  it("is what differs in the configuration", () => {
    const other = run("b", { configuration: { l2: 0.1, hidden: [8], optimizer: { type: "adam", beta1: 0.8 } } });
    expect(configurationDifferences([run("a"), other]).map(({ path }) => path)).toEqual([
      ...["l2", "hidden", "optimizer.beta1"],
    ]);
  });

  it("is the cost by epoch, whatever the size of a run's batches", () => {
    const [a, b] = costCurves([run("a"), run("b", { stepsPerEpoch: 5 })], "validation");
    expect([a.points[3], b.points[3]]).toEqual([
      [3, 0.2],
      [6, 0.2],
    ]);
    expect(costCurves([run("a")], "train")[0].points[1]).toEqual([1, 0.35]);
  });
});

describe("comparisonReport()", () => {
  it("has a column a run, the best values in bold, and only what differs", () => {
    const runs = [run("plain"), run("weights decay", { configuration: { l2: 0.7, hidden: [32, 16] }, bestEpoch: 7 })];
    const page = parseMarkup(comparisonReport({ runs, notes: ["take care"], version: "1.2.3" }));
    const [metrics, differing] = named(page, "table").map((table) => named(table, "tr").map(textOf));
    expect(metrics[0]).toBe("plainweights decay");
    expect(metrics).toContain("weights of epochlast7");
    expect(differing).toEqual(["optionplainweights decay", "l200.7", "optimizer.typeadamnone"]);
    expect(named(page, "strong")).toEqual([]); // both have the same metrics
    expect(textOf(page)).toContain("Take care.");
    const better = run("better", { metrics: { train: { cost: 0.01 } } });
    const bold = named(parseMarkup(comparisonReport({ runs: [run("a"), better] })), "strong").map(textOf);
    expect(bold).toEqual(["0.0100"]);
  });

  it("says so where nothing differs", () => {
    expect(comparisonReport({ runs: [run("a"), run("b")] })).toContain("the runs have the same configuration");
  });

  it("draws the boundaries of the runs that have one", () => {
    const grid = Matrix.from([
      [0.1, 0.9],
      [0.2, 0.8],
    ]);
    const train = { X: Matrix.from([[0.5], [0.5]]), Y: Matrix.row([1]), classNames: ["down", "up"] };
    const boundary = { field: { grid, x0: 0, x1: 1, y0: 0, y1: 1 }, train };
    const page = comparisonReport({ runs: [run("a", { boundary }), run("b"), run("c", { boundary })] });
    expect(page.match(/class="boundary"/g)?.length).toBe(2);
    expect(page).toContain("The dots are the training examples.");
    expect(comparisonReport({ runs: [run("a"), run("b")] })).not.toContain("Decision boundaries");
    const empty = { ...boundary, train: { X: Matrix.zeros(2, 0), Y: Matrix.zeros(1, 0) } };
    expect(comparisonReport({ runs: [run("a", { boundary: empty }), run("b")] })).not.toContain("The dots");
  });

  it("escapes every name", () => {
    const name = '<script>alert("x")</script>';
    const page = comparisonReport({ runs: [run(name, { configuration: { [name]: name } }), run("b")], notes: [name] });
    expect(page).not.toContain("<script");
    expect(named(parseMarkup(page), "script")).toEqual([]);
  });

  it("draws runs without a history, and with costs of 0", () => {
    const zero = run("b", { history: [{ iteration: 0, epoch: 1, cost: 0, dataCost: 0, penalty: 0 }] });
    expect(comparisonReport({ runs: [run("a", { history: [] }), zero] })).not.toContain("NaN");
  });

  it("refuses a single run", () => {
    expect(() => comparisonReport({ runs: [run("a")] })).toThrow("comparisonReport(): needs two or more runs, got 1");
  });
});
