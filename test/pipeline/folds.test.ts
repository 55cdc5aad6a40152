import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { selectExamples } from "../../src/data/dataset.js";
import { foldIndices } from "../../src/data/folds.js";
import { parseCsv } from "../../src/data/readers/csv.js";
import type { Table } from "../../src/data/table.js";
import { predictTable } from "../../src/formats/predictModel.js";
import { rocAuc } from "../../src/metrics/rocAuc.js";
import { network } from "../../src/network/network.js";
import { configurationOf } from "../../src/pipeline/configurationOf.js";
import { fit as fitTable } from "../../src/pipeline/fit.js";
import { memberRuns } from "../../src/pipeline/members.js";
import { prepare } from "../../src/pipeline/prepare.js";
import { resolve } from "../../src/pipeline/resolve.js";
import { temper } from "../../src/training/temperature.js";
import { train } from "../../src/training/train.js";

const size = (i: number): number => (i * 37) % 101;
const lines = Array.from(
  { length: 41 },
  (_, i) => `${size(i)},${i % 5},${size(i) + (i % 7) * 4 > 55 ? "big" : "small"}`,
);
const table = parseCsv(["size,shade,kind", ...lines].join("\n"));
const training = { epochs: 4, earlyStopping: "none" } as const;
const configuration = {
  members: 3,
  data: { target: "kind", validation: "folds" },
  network: { dtype: "float64" },
  training,
} as const;
const kinds = table.columns[2].values;

function rowsOf({ columns }: Table, rows: ArrayLike<number>): Table {
  const chosen = columns.map((column) =>
    column.kind === "categorical"
      ? { ...column, values: Array.from(rows, (i) => String(column.values[i])) }
      : { ...column, values: Float64Array.from(rows, (i) => Number(column.values[i])) },
  );
  return { rows: rows.length, columns: chosen };
}

describe("members of which each holds out a fold", () => {
  it("learn from the rows outside it, to the bits of train(), and are watched on those inside", async () => {
    const { model, runs } = await fitTable(table, configuration);
    const prepared = prepare(table, configuration);
    const folds = foldIndices(table.rows, 3, 0, kinds);
    for (const [k, { network: spec, training: settings }] of memberRuns(
      configuration,
      resolve(configuration, prepared),
    ).entries()) {
      const alone = network(spec);
      const validation = selectExamples(prepared.train, folds[k].validation);
      const run = await train(alone, selectExamples(prepared.train, folds[k].train), { ...settings, validation });
      // Of training it is the same to the bit; then its fold says how sure it is.
      temper(alone, validation);
      expect(model.members?.[k].theta).toEqual(alone.theta);
      expect(runs[k].history).toEqual(run.history);
    }
  });

  it("are judged out-of-fold: each row by the member that has not seen it", async () => {
    const { model, metrics } = await fitTable(table, configuration);
    const P = new Float64Array(table.rows);
    for (const [k, { validation: rows }] of foldIndices(table.rows, 3, 0, kinds).entries()) {
      const member = model.members?.[k] ?? model.network;
      const { outputs } = predictTable(
        { network: member, encoder: model.encoder, normalizer: model.normalizer },
        rowsOf(table, rows),
      );
      for (const [j, i] of rows.entries()) P[i] = outputs.data[j];
    }
    const Y = Float64Array.from({ length: table.rows }, (_, i) => (kinds[i] === "small" ? 1 : 0));
    const logLoss = P.reduce((sum, p, i) => sum - Math.log(Y[i] === 1 ? p : 1 - p), 0) / table.rows;
    expect(metrics.validation?.cost).toBeCloseTo(logLoss, 12);
    expect(metrics.validation?.rocAuc).toBe(rocAuc(Matrix.row(P), Matrix.row(Y)));
    expect(metrics.validation?.accuracy).toBe(P.filter((p, i) => p > 0.5 === (Y[i] === 1)).length / table.rows);
    expect(metrics.train.cost).not.toBe(metrics.validation?.cost);
  });

  it("share folds where there are fewer rows than members, in the unit of the target", async () => {
    const numbers = parseCsv(["x,y", ...Array.from({ length: 20 }, (_, i) => `${i},${100 + 20 * i}`)].join("\n"));
    const { model, metrics } = await fitTable(numbers, {
      members: 25,
      data: { target: "y", validation: "folds" },
      network: { layers: [{ type: "output" }] },
      training: { epochs: 60, learningRate: 0.1, earlyStopping: "none" },
    });
    let squares = 0;
    for (const [f, { validation: rows }] of foldIndices(20, 20, 0).entries()) {
      const members = (model.members ?? []).filter((_, k) => k % 20 === f);
      expect(members).toHaveLength(f < 5 ? 2 : 1);
      const { outputs } = predictTable({ ...model, network: members[0], members }, rowsOf(numbers, rows));
      squares += (outputs.data[0] - (100 + 20 * rows[0])) ** 2;
    }
    expect(metrics.validation?.mse).toBeCloseTo(squares / 20, 8);
    expect(metrics.validation?.r2).toBeGreaterThan(0.9);
  });

  it("learn a class of one row, which the member that holds it out has never seen", async () => {
    const rare = parseCsv(
      ["x,kind", ...Array.from({ length: 30 }, (_, i) => `${i},${i === 7 ? "c" : i < 15 ? "a" : "b"}`)].join("\n"),
    );
    const { model, metrics } = await fitTable(rare, {
      ...configuration,
      data: { target: "kind", validation: "folds" },
    });
    expect(model.encoder.classNames).toEqual(["a", "b", "c"]);
    expect(metrics.validation?.cost).toBeGreaterThan(0);
  });

  it("hold nothing out of so few rows that each is needed", async () => {
    const four = parseCsv("a,b,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n");
    const { model, metrics } = await fitTable(four, {
      ...configuration,
      data: { target: "y", validation: "folds" },
      training: { epochs: 400, learningRate: 0.02, earlyStopping: "none" },
    });
    expect(metrics).not.toHaveProperty("validation");
    expect(metrics.train.accuracy).toBe(1);
    expect(model.members).toHaveLength(3);
  });

  it("keep the temperature of training where classes are weighted", async () => {
    const weighted = { ...configuration, training: { ...training, classWeight: "balanced" } } as const;
    const { model } = await fitTable(table, weighted);
    const prepared = prepare(table, weighted);
    const [{ network: spec, training: settings }] = memberRuns(weighted, resolve(weighted, prepared));
    const alone = network(spec);
    await train(alone, selectExamples(prepared.train, foldIndices(table.rows, 3, 0, kinds)[0].train), settings);
    expect(model.network.theta).toEqual(alone.theta);
  });

  it("are what a table gets that says no more than its target, in short or in parts", async () => {
    const { model, runs, metrics } = await fitTable(table, { target: "kind" });
    expect([runs.length, model.network.spec.dtype, runs[0].epochs]).toEqual([4, "float32", 10]);
    const long = await fitTable(table, { data: { target: "kind", validation: "folds" }, members: 4 });
    expect(long.model.members?.map(({ theta }) => theta)).toEqual(model.members?.map(({ theta }) => theta));
    expect(long.metrics).toEqual(metrics);
    const again = await fitTable(table, configurationOf(model));
    expect(again.model.members?.map(({ theta }) => theta)).toEqual(model.members?.map(({ theta }) => theta));
    const alone = await fitTable(table, { target: "kind", members: 1 });
    expect([alone.runs.length, alone.model.members]).toEqual([1, undefined]);
    expect(alone.model.summary?.trainingExamples).toBe(33);
    expect(configurationOf(alone.model).members).toBe(1);
    await expect(fitTable(table, { target: "kind", data: { target: "kind" } })).rejects.toThrow(
      "fit(): target and data.target say the same; leave one of them out",
    );
  });

  it("have to be at least two", () => {
    expect(() => prepare(table, { members: 1, data: { target: "kind", validation: "folds" } })).toThrow(
      "data: validation is folds, of which each member holds out one, and there is one member; give --members 2 or more, or a share",
    );
  });
});
