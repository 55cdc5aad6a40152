import { describe, expect, it } from "vitest";
import type { Table } from "../../src/data/table.js";
import { dense } from "../../src/network/dense.js";
import { programOf } from "../../src/network/program.js";
import type { Configuration, Effort } from "../../src/pipeline/configuration.js";
import { output } from "../../src/pipeline/defaults.js";
import { operationsAnExample } from "../../src/pipeline/effort.js";
import { fit as fitted } from "../../src/pipeline/fit.js";
import { memberRuns } from "../../src/pipeline/members.js";
import { parseConfiguration } from "../../src/pipeline/parseConfiguration.js";
import { prepare } from "../../src/pipeline/prepare.js";
import { resolve } from "../../src/pipeline/resolve.js";

const values = Float64Array.from({ length: 40 }, (_, i) => i);
const squares: Table = {
  rows: 40,
  columns: [
    { kind: "numeric", name: "x", values },
    { kind: "numeric", name: "y", values: values.map((x) => x * x + 0.5) },
  ],
};

/** Members and epochs of a configuration. */
function chosen(configuration: Configuration): [number, number | undefined] {
  const given = { data: { target: "y" }, ...configuration };
  const runs = memberRuns(given, resolve(given, prepare(squares, given)));
  return [runs.length, runs[0].training.epochs];
}

describe("operations an example", () => {
  it("are six a weight: a product and a sum forward, for dW and for dA", () => {
    // 4 · 3 + 4 and 1 · 4 + 1 weights.
    expect(operationsAnExample(programOf(3, [dense(4, "relu"), dense(1, "linear")]))).toBe(6 * 21);
  });

  it("are those of one row of a table of codes", () => {
    const embedding = { type: "embedding", sizes: [1000, 50], dimension: 8 } as const;
    // 8 and 8 numbers, then 2 · 16 + 2 weights.
    expect(operationsAnExample(programOf(2, [embedding, dense(2, "linear")]))).toBe(6 * (16 + 34));
  });
});

describe("effort", () => {
  it("sets members and epochs", () => {
    expect(chosen({})).toEqual([4, 20]);
    expect(chosen({ effort: "quick" })).toEqual([1, 20]);
    expect(chosen({ effort: "normal" })).toEqual([4, 20]);
    expect(chosen({ effort: "best" })).toEqual([8, 40]);
  });

  it("learns two classes no longer, which more epochs learn by heart", () => {
    const labels = values.map((x) => x % 2);
    const table: Table = { ...squares, columns: [squares.columns[0], { kind: "numeric", name: "y", values: labels }] };
    const given: Configuration = { data: { target: "y" }, effort: "best" };
    const runs = memberRuns(given, resolve(given, prepare(table, given)));
    expect([runs.length, runs[0].training.epochs]).toEqual([8, 10]);
  });

  it("leaves what is given, and sets the other", () => {
    expect(chosen({ effort: "best", members: 2 })).toEqual([2, 40]);
    expect(chosen({ effort: "quick", training: { epochs: 7 } })).toEqual([1, 7]);
    expect(chosen({ effort: "best", training: { iterations: 9 } })).toEqual([8, undefined]);
  });

  it("bounds epochs by its operations, and takes one epoch at least", () => {
    const network = (units: number) => ({ layers: [dense(1000, "relu"), dense(units, "relu"), output] });
    const epochs = (effort: Effort, units = 1e6) => chosen({ effort, network: network(units) })[1];
    // 2,000 + 1,001 · 10⁶ + 10⁶ + 1 weights: 6.01 GFLOP an example. 32 rows of one member, 30 of each of 4, 35 of each of 8.
    expect(epochs("quick")).toBe(Math.floor(2.5e12 / (32 * 6 * 1_002_002_001)));
    expect(epochs("normal")).toBe(Math.floor(10e12 / (4 * 30 * 6 * 1_002_002_001)));
    expect(epochs("best")).toBe(Math.floor(40e12 / (8 * 35 * 6 * 1_002_002_001)));
    expect([epochs("quick"), epochs("normal"), epochs("best")]).toEqual([12, 13, 23]);
    expect(epochs("normal", 1e9)).toBe(1);
  });

  it("is refused where both are given, in versions without it, and by another name", () => {
    const refused = (value: object) => () => parseConfiguration(value);
    expect(refused({ effort: "best", members: 2, training: { epochs: 5 } })).toThrow(
      "effort chooses members and epochs, and both are given (members 2, epochs 5); leave out effort, or one of them",
    );
    expect(refused({ version: 3, effort: "best" })).toThrow("this one is of version 3; give members and epochs");
    expect(refused({ effort: "most" })).toThrow("configuration: effort must be one of quick, normal, best");
  });

  it("is what fit() takes", async () => {
    const network = { layers: [dense(2, "tanh"), output] };
    const { runs } = await fitted(squares, { target: "y", effort: "quick", network });
    expect(runs.map((run) => run.epochs)).toEqual([20]);
  });
});
