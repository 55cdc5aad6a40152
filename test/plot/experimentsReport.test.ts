import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { type ExperimentsReportInput, experimentsReport } from "../../src/plot/experimentsReport.js";
import type { CheckedBlock, GradientCheckingNumbers } from "../../src/plot/gradientCheckingSection.js";
import { largestCostDifference, type ReportedRun } from "../../src/plot/reportedRun.js";
import { all, named, parseMarkup, textOf } from "./markupTree.js";

const data = {
  train: {
    X: Matrix.from([
      [0, 1],
      [0, 1],
    ]),
    Y: Matrix.row([0, 1]),
  },
  test: { X: Matrix.from([[0], [1]]), Y: Matrix.row([1]) },
};
const boundary = {
  grid: Matrix.from([
    [0.1, 0.6],
    [0.4, 0.9],
  ]),
  x0: -1,
  x1: 2,
  y0: -1,
  y1: 2,
};

const runOf = (name: string, label: string, costs: readonly number[]): ReportedRun => ({
  name,
  label,
  costs: costs.map((cost, i) => [1000 * i, cost] as const),
  trainAccuracy: 0.83,
  testAccuracy: 0.86,
  reference: { costs: [null, ...costs.slice(1)], trainAccuracy: 0.83, testAccuracy: 0.85 },
  data,
  boundary,
});
const blocks = (factor: number): CheckedBlock[] => [
  { name: "W1", rows: 1, columns: 2, claimed: [1, 0], numerical: [1 + 2e-8, 0] },
  { name: "b1", rows: 1, columns: 1, claimed: [2 * factor], numerical: [2] },
];
const gradientChecking: GradientCheckingNumbers = {
  oneDimension: { difference: 2.919335883291695e-10 },
  correct: { difference: 1.19e-7, verdict: "correct", wrongBlocks: [], entries: blocks(1) },
  planted: { difference: 0.285, verdict: "wrong", wrongBlocks: ["W2", "b1"], entries: blocks(4) },
  reference: { oneDimension: 2.919335883291695e-10, correct: 1.1902695126338933e-7, planted: 0.2850931566261449 },
};
const input: ExperimentsReportInput = {
  initialization: [runOf("zeros", "zeros", [0.7, 0.7]), runOf("random", "random × 10", [1773, 0.62])],
  regularization: [runOf("none", "no regularization", [0.65, 0.16])],
  gradientChecking,
  command: "gradproof reproduce all",
  version: "0.1.0",
  seconds: 7.5,
};

const page = experimentsReport(input);
const body = named(parseMarkup(page), "body")[0];
const rowsOf = (caption: string, nth = 0): string[][] =>
  named(named(body, "table").filter((table) => textOf(named(table, "caption")[0]) === caption)[nth], "tr").map((row) =>
    all(row, ({ name }) => name === "td" || name === "th").map(textOf),
  );

it("is one well-formed page that asks nothing of the network", () => {
  expect(named(body, "h2").map(textOf)).toEqual([
    "Initialization",
    "Regularization",
    "Gradient checking",
    "Run it again",
  ]);
  expect(page).not.toMatch(/https?:|\/\/[a-z]|<script|@import|url\(|javascript:/i);
  expect(textOf(named(body, "pre")[0])).toBe("gradproof reproduce all");
});

it("sets every number beside the reference's", () => {
  expect(rowsOf("Obtained and reference")).toEqual([
    ["run", "obtained", "reference", "difference"],
    ["zeros"],
    ["training accuracy", "0.83", "0.83", "0"],
    ["test accuracy", "0.86", "0.85", "0.01"],
    ["cost at 1,000", "0.7", "0.7", "0"],
    ["1 cost, relative", "", "", "0"],
    ["random × 10"],
    ["training accuracy", "0.83", "0.83", "0"],
    ["test accuracy", "0.86", "0.85", "0.01"],
    ["cost at 1,000", "0.62", "0.62", "0"],
    ["1 cost, relative", "", "", "0"],
  ]);
  const tiles = named(body, "p", "headline").map(textOf);
  expect(tiles).toEqual(["3 of 6", "0 in 3 costs"]);
});

it("takes the largest relative difference over all costs there are in both", () => {
  const run = {
    ...runOf("he", "He", [1, 2, 4]),
    reference: { costs: [null, 2, 5], trainAccuracy: 1, testAccuracy: 1 },
  };
  expect(largestCostDifference([run])).toBe(0.2);
  expect(largestCostDifference([])).toBe(0);
});

it("draws all costs in one chart, and each run's boundary with its accuracies and a word on what it shows", () => {
  const captions = named(body, "figcaption").map(textOf);
  expect(captions.filter((caption) => caption.includes("Accuracy: training 0.8300, test 0.8600."))).toHaveLength(3);
  expect(captions.join(" ")).toContain("symmetry is never broken");
  const [chart] = named(body, "svg");
  expect(named(chart, "text", "name").map(textOf)).toEqual(["zeros", "random × 10"]);
  expect(textOf(chart)).toContain("cost, logarithmic");
});

it("shows where the gradient is wrong", () => {
  expect(rowsOf("Relative difference between gradient and numerical estimate").slice(1)).toEqual([
    ["one dimension", "2.919335883e−10", "2.919335883e−10", "0", ""],
    ["right backward pass", "1.19e−7", "1.190269513e−7", "−2.7e−11", "correct"],
    ["two planted bugs", "0.285", "0.2850931566", "−9.3e−5", "wrong: W2, b1"],
  ]);
  // |8 − 2| / (8 + 2) = 0.6; both zero: no error
  expect(rowsOf("Gradient entries", 1).slice(1)).toEqual([
    ["W1[0, 0]", "1", "1.00000002", "1e−8"],
    ["W1[0, 1]", "0", "0", "0"],
    ["b1[0, 0]", "8", "2", "0.6"],
  ]);
});

describe("with less to show", () => {
  it("leaves out what was not run", () => {
    const only = experimentsReport({ gradientChecking, command: "c", version: "v", seconds: 1 });
    expect(named(parseMarkup(only), "h2").map(textOf)).toEqual(["Gradient checking", "Run it again"]);
    expect(named(parseMarkup(only), "p", "headline")).toEqual([]);
  });

  it("has no comparison where there is no reference, and no picture where there is no field", () => {
    const {
      reference: _reference,
      boundary: _boundary,
      ...bare
    } = runOf("none", "no <b>regularization</b>", [0.6, 0.1]);
    const plain = experimentsReport({ regularization: [bare], command: "c", version: "v", seconds: 1 });
    const tree = parseMarkup(plain);
    expect(named(tree, "p", "headline")).toEqual([]);
    expect(named(tree, "b")).toEqual([]);
    expect(textOf(tree)).toContain("no <b>regularization</b>: Accuracy: training 0.8300");
    expect(textOf(tree)).toContain("none");
  });
});
