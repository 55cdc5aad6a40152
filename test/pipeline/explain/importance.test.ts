import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Column, Table } from "../../../src/data/table.js";
import { TableEncoder } from "../../../src/data/tableEncoder.js";
import type { Model } from "../../../src/formats/model.js";
import { dense } from "../../../src/network/dense.js";
import { networkWith } from "../../../src/network/network.js";

import { partialDependence } from "../../../src/pipeline/explain/partialDependence.js";
import { permutationImportance } from "../../../src/pipeline/explain/permutationImportance.js";
import { RandomStream } from "../../../src/random/streams.js";

interface Golden {
  readonly X: number[][];
  readonly y: number[];
  readonly label: number[];
  readonly linear: { readonly theta: number[]; readonly importance: Rises };
  readonly logistic: {
    readonly theta: number[];
    readonly importance: Rises;
    readonly dependence: { readonly column: number; readonly values: number[]; readonly average: number[] }[];
  };
}
interface Rises {
  readonly mean: number[];
  readonly standardError: number[];
}
const golden: Golden = JSON.parse(readFileSync(new URL("../../fixtures/explain.json", import.meta.url), "utf8"));

const numeric = (name: string, values: readonly number[]): Column => ({
  kind: "numeric",
  name,
  values: Float64Array.from(values),
});
const tableOf = (X: readonly (readonly number[])[], y: readonly number[]): Table => ({
  rows: y.length,
  columns: [...X.map((values, i) => numeric(`x${i}`, values)), numeric("y", y)],
});
const modelOf = (table: Table, task: "binary" | "regression", theta: readonly number[]): Model => ({
  encoder: TableEncoder.fit(table, { target: "y", task }),
  network: networkWith(
    { inputs: table.columns.length - 1, layers: [dense(1, task === "binary" ? "sigmoid" : "linear")] },
    Float64Array.from(theta),
  ),
});
const repeats = 400;

describe("permutationImportance", () => {
  const regression = tableOf(golden.X, golden.y);
  const classes = tableOf(golden.X, golden.label);
  const linear = modelOf(regression, "regression", golden.linear.theta);
  const logistic = modelOf(classes, "binary", golden.logistic.theta);

  it("agrees with scikit-learn on the rise of the log loss, within four standard errors of both", () => {
    const found = permutationImportance(logistic, classes, { repeats });
    const { mean, standardError } = golden.logistic.importance;
    expect(found.map(({ name }) => name)).toEqual(["x0", "x1", "x2"]);
    for (const [i, { importance }] of found.entries()) {
      expect(Math.abs(importance - mean[i])).toBeLessThan(4 * Math.SQRT2 * standardError[i]);
    }
  });

  it("agrees with scikit-learn on the mean squared error, of which it takes the root", () => {
    const found = permutationImportance(linear, regression, { repeats });
    const { mean, standardError } = golden.linear.importance;
    // By hand: the residuals of y = 2 x0 − x1 + x2 / 4 + 1 / 2.
    const errors = golden.y.map((y, j) => (2 * golden.X[0][j] - golden.X[1][j] + golden.X[2][j] / 4 + 0.5 - y) ** 2);
    const base = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    expect(found.map(({ name }) => name)).toEqual(["x0", "x1", "x2"]);
    for (const [i, { importance }] of found.entries()) {
      const rise = (importance + Math.sqrt(base)) ** 2 - base;
      expect(Math.abs(rise - mean[i])).toBeLessThan(4 * Math.SQRT2 * standardError[i]);
    }
  });

  it("by hand: of two rows half of the shuffles swap the values, which costs 4² a row", () => {
    // f(x) = x meets 0 and 4 exactly; swapped both are off by 4, so that the mean squared error is 16 times the share of swaps
    const table = tableOf(
      [
        [0, 4],
        [7, 8],
      ],
      [0, 4],
    );
    const [x0, x1] = permutationImportance(modelOf(table, "regression", [1, 0, 0]), table, { repeats: 1000 });
    const swaps = x0.importance ** 2 / 16;
    expect(Math.abs(swaps - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 1000));
    expect(x1).toEqual({ name: "x1", importance: 0, interval: [0, 0] });
  });

  it("holds the true rise in 95 % of intervals, within four standard errors", () => {
    // f(x) = x and y = x with x from N(0, 1): shuffling costs (x − x′)², in the mean 2, and its root √2.
    const tries = 300;
    const model = modelOf(tableOf([[0, 1]], [0, 1]), "regression", [1, 0]);
    let held = 0;
    for (let t = 0; t < tries; t++) {
      const random = new RandomStream(t, "data");
      const x = Array.from({ length: 80 }, () => random.normal());
      const [{ interval }] = permutationImportance(model, tableOf([x], x), { seed: t });
      if (interval[0] <= Math.SQRT2 && Math.SQRT2 <= interval[1]) held++;
    }
    expect(Math.abs(held / tries - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / tries));
  });

  it("shuffles all features of a column together", () => {
    const table: Table = {
      rows: 6,
      columns: [
        { kind: "categorical", name: "colour", values: ["red", "green", "blue", "red", "green", "blue"] },
        numeric("y", [1, 2, 3, 1, 2, 3]),
      ],
    };
    const encoder = TableEncoder.fit(table, { target: "y", task: "regression" });
    expect(encoder.featureNames).toEqual(["colour=blue", "colour=green", "colour=red"]);
    const network = networkWith({ inputs: 3, layers: [dense(1, "linear")] }, Float64Array.of(3, 2, 1, 0));
    const found = permutationImportance({ network, encoder }, table, { repeats: 200 });
    expect(found.map(({ name }) => name)).toEqual(["colour"]);
    // Features shuffled apart would give sums that are no number of a colour. Together: two of six hold the value of a row itself
    // with chance 1/3, and else (2, 1 or 1)² : 1/3 · (0 + 1 + 4) or 1/3 · (1 + 0 + 1), in the mean 4/3.
    expect(Math.abs(found[0].importance ** 2 - 4 / 3)).toBeLessThan(0.15);
  });

  it("gives the same numbers again, and others by another seed", () => {
    const once = (seed: number) => permutationImportance(logistic, classes, { rows: 50, seed });
    expect(once(1)).toEqual(once(1));
    expect(once(2)).not.toEqual(once(1));
  });

  it("says what it needs", () => {
    const { network } = logistic;
    expect(() => permutationImportance({ network }, classes)).toThrow("the model has no encoder");
    expect(() => permutationImportance(logistic, classes, { repeats: 0 })).toThrow("repeats");
  });
});

describe("partialDependence", () => {
  const { theta, dependence } = golden.logistic;

  it.each(dependence)("has scikit-learn's numbers for column $column", ({ column, values, average }) => {
    // Python rounds halves to even; + 0 makes 0 of −0.
    const even = (x: number): number => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)) + 0;
    const X = golden.X.map((row, i) => (i === column ? row.map(even) : row));
    const table = tableOf(X, golden.label);
    const found = partialDependence(modelOf(table, "binary", theta), table, `x${column}`);
    expect(found.values).toEqual(values.map((value) => value + 0));
    for (const [g, value] of average.entries()) expect(found.mean.get(0, g)).toBeCloseTo(value, 12);
  });

  it("takes quantiles from 2 % to 98 % where there are many numbers", () => {
    const table = tableOf([Array.from({ length: 101 }, (_, j) => j)], golden.y.slice(0, 101));
    const { values, mean } = partialDependence(modelOf(table, "regression", [2, 0]), table, "x0", { values: 3 });
    expect(values).toEqual([2, 50, 98]);
    expect(mean.toArray()).toEqual([[4, 100, 196]]);
  });

  it("takes categories by their frequency, the missing one among them, and leaves missing numbers out", () => {
    const table: Table = {
      rows: 6,
      columns: [
        { kind: "categorical", name: "city", values: ["Oslo", "Rome", "Rome", null, "Rome", "Oslo"] },
        numeric("x", [1, 2, Number.NaN, 2, 1, 1]),
        numeric("y", [1, 2, 3, 4, 5, 6]),
      ],
    };
    const encoder = TableEncoder.fit(table, { target: "y", version: 4, keep: ["city", "x"] });
    const inputs = encoder.featureNames.length;
    const network = networkWith({ inputs, layers: [dense(1, "linear")] }, new Float64Array(inputs + 1).fill(1));
    expect(partialDependence({ network, encoder }, table, "x").values).toEqual([1, 2]);
    const { kind, values } = partialDependence({ network, encoder }, table, "city");
    // Fewer than 5 rows of each: all are rare, and share a feature.
    expect([kind, values]).toEqual([
      "category",
      encoder.featureNames.includes("city=(rare)") ? ["(rare)"] : ["Rome", "Oslo", null],
    ]);
  });

  it("takes dates, all parts together", () => {
    const day = 86_400_000;
    const table: Table = {
      rows: 50,
      columns: [
        { kind: "date", name: "day", time: false, values: Float64Array.from({ length: 50 }, (_, j) => j * 10 * day) },
        numeric("y", golden.y.slice(0, 50)),
      ],
    };
    const encoder = TableEncoder.fit(table, { target: "y", version: 4 });
    const at = encoder.featureNames.indexOf("day.days");
    const weights = new Float64Array(encoder.featureNames.length + 1);
    weights[at] = 1;
    const network = networkWith({ inputs: encoder.featureNames.length, layers: [dense(1, "linear")] }, weights);
    const { kind, values, mean } = partialDependence({ network, encoder }, table, "day", { values: 5 });
    expect(kind).toBe("date");
    for (const [g, time] of values.entries()) expect(mean.get(0, g) * day).toBeCloseTo(Number(time), 3);
  });

  it("names a column that is none", () => {
    const table = tableOf(golden.X, golden.label);
    expect(() => partialDependence(modelOf(table, "binary", theta), table, "x7")).toThrow("x7");
  });
});
