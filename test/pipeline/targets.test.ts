import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../src/data/formatError.js";
import type { Table } from "../../src/data/table.js";
import { TableEncoder } from "../../src/data/tableEncoder.js";
import { serializeModel } from "../../src/formats/modelFile.js";
import { predictTable } from "../../src/formats/predictModel.js";
import type { Configuration, NormalizeTarget } from "../../src/pipeline/configuration.js";
import { configurationOf } from "../../src/pipeline/configurationOf.js";
import { fit as fitTable } from "../../src/pipeline/fit.js";
import { prepare } from "../../src/pipeline/prepare.js";
import { parseModel } from "../../src/predict/parseModel.js";

const rows = 60;
const table = (y: readonly (number | string)[]): Table => ({
  rows: y.length,
  columns: [
    { kind: "numeric", name: "x", values: Float64Array.from(y, (_, i) => (i * 37) % 101) },
    typeof y[0] === "number"
      ? { kind: "numeric", name: "y", values: Float64Array.from(y, Number) }
      : { kind: "categorical", name: "y", values: y.map(String) },
  ],
});
/** Prices of 1 to some 20,000, which double with each step of x. */
const prices = table(Array.from({ length: rows }, (_, i) => 2 ** (((i * 37) % 101) / 7)));
const data = { target: "y", task: "regression" } as const;
const scaleOf = (given: Table, normalizeTarget?: NormalizeTarget) =>
  prepare(given, { data: { ...data, ...(normalizeTarget && { normalizeTarget }) } }).targetNormalizer;

describe("targets of a regression", () => {
  it("are trained on a logarithmic scale where they are skewed and their logarithm is not, or where that is asked for", () => {
    expect(scaleOf(prices)?.isLogarithm).toBe(true);
    expect(scaleOf(prices, "standard")?.isLogarithm).toBe(false);
    expect(scaleOf(prices, "none")).toBeUndefined();
    const even = table(Array.from({ length: rows }, (_, i) => i + 1));
    expect(scaleOf(even)?.isLogarithm).toBe(false);
    expect(scaleOf(even, "log")?.isLogarithm).toBe(true);
  });

  it("stay on their own scale where one is negative, or the logarithm is as skewed", () => {
    const values = Array.from(prices.columns[1].values, Number);
    expect(scaleOf(table([...values, -1]))?.isLogarithm).toBe(false);
    // One in ten is 1,000, the others are 1: the logarithm has two values as well, in the same shares.
    expect(scaleOf(table(Array.from({ length: 60 }, (_, i) => (i % 10 === 0 ? 1000 : 1))))?.isLogarithm).toBe(false);
    expect(() => scaleOf(table([...values, -1]), "log")).toThrow(
      new FormatError(
        'row 61, column "y": -1 is negative and has no logarithm; take --normalize-target standard, or correct it',
      ),
    );
  });

  it("are chosen in the same way whatever their unit, zeros among them or not", () => {
    const values = [0, ...Array.from(prices.columns[1].values, Number)];
    fc.assert(
      fc.property(
        fc.array(fc.nat(rows), { minLength: 20, maxLength: 60 }),
        fc.integer({ min: -40, max: 40 }),
        (chosen, k) => {
          const y = [values[1], values[2], ...chosen.map((i) => values[i])];
          // Powers of two scale without rounding.
          const inUnit = scaleOf(table(y.map((value) => value * 2 ** k)));
          expect(inUnit?.isLogarithm).toBe(scaleOf(table(y))?.isLogarithm);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("are predicted in their unit, by the file of the model as by the model, which says what was chosen", async () => {
    const { model, metrics } = await fitTable(prices, { data, training: { epochs: 60 } });
    expect(configurationOf(model).data?.normalizeTarget).toBe("log");
    const { outputs } = predictTable(model, prices);
    const y = Float64Array.from(prices.columns[1].values, Number);
    // Within a tenth on average, of targets that differ by four orders of magnitude.
    const off = y.map((value, j) => Math.abs(Math.log(outputs.get(0, j) / value))).reduce((a, b) => a + b) / rows;
    expect(off).toBeLessThan(0.3);
    expect(metrics.train.mse).toBeCloseTo(
      y.reduce((sum, value, j) => sum + (value - outputs.get(0, j)) ** 2, 0) / rows,
      -3,
    );
    const read = parseModel(serializeModel(model));
    expect(read.predict({ x: 40 })).toEqual(model.predict({ x: 40 }));
    expect(read.predict(prices)).toEqual(model.predict(prices));
  });
});

describe("a class of a single row", () => {
  const labels = Array.from({ length: rows }, (_, i) => (i === 17 ? "once" : i % 2 === 0 ? "even" : "odd"));
  const one = labels.map((label) => (label === "once" ? "yes" : "no"));

  it.each([
    ["several classes, in folds", labels, {}],
    ["several classes, one network", labels, { members: 1 }],
    ["two classes, in folds", one, {}],
    ["two classes, one network", one, { members: 1 }],
    ["two classes, half of the rows held out", one, { members: 1, data: { target: "y", validation: 0.5 } }],
    ["classes with weights", labels, { training: { classWeight: "balanced", epochs: 2 } }],
  ] satisfies [string, string[], Configuration][])("trains: %s", async (_, y, configuration) => {
    for (const seed of [0, 1, 2]) {
      const own = { data: { target: "y", seed }, training: { epochs: 2 }, ...configuration };
      const { model, metrics } = await fitTable(table(y), own);
      expect(model.encoder?.classNames).toHaveLength(new Set(y).size);
      expect(metrics.train.cost).toBeGreaterThan(0);
      expect(metrics.validation?.cost).toBeGreaterThan(0);
    }
  });

  it("learns from it, whichever rows are held out", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { raw } = prepare(table(one), { members: 1, data: { target: "y", seed, validation: 0.5 } });
      expect(raw.train.Y.data.filter((label) => label === 1)).toHaveLength(1);
      expect(raw.train.Y.columns + (raw.validation?.Y.columns ?? 0)).toBe(rows);
    }
  });
});

describe("columns that name the rows", () => {
  const named: Table = {
    rows: 60,
    columns: [{ kind: "categorical", name: "key", values: labelsOf(60) }, ...prices.columns],
  };

  it("are no features, and stay in the encoder", () => {
    const { encoder } = prepare(named, { data: { ...data, id: ["key"] } });
    expect([encoder.ids, encoder.featureNames, encoder.leftOut]).toEqual([["key"], ["x"], []]);
    expect(TableEncoder.fromJSON(JSON.parse(JSON.stringify(encoder))).ids).toEqual(["key"]);
  });

  it("are refused where there are none, or where one is the target", () => {
    expect(() => prepare(named, { data: { ...data, id: ["kex"] } })).toThrow(
      'no column "kex" to name the rows by; the table has "key", "x", "y". Did you mean "key"?',
    );
    expect(() => prepare(named, { data: { ...data, id: ["y"] } })).toThrow('column "y" is both the target and an id');
    const { encoder } = prepare(named, { data });
    for (const ids of ["key", [3]]) {
      expect(() => TableEncoder.fromJSON({ ...encoder.toJSON(), ids })).toThrow("encoder.ids");
    }
  });
});

function labelsOf(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `row ${i % 6}`);
}
