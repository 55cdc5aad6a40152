import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { Normalizer } from "../../src/data/normalizer.js";
import type { Column, Table } from "../../src/data/table.js";
import { TableEncoder } from "../../src/data/tableEncoder.js";
import type { Cell, TableRecord } from "../../src/data/tableRecord.js";
import { Predictor } from "../../src/engine/predict.js";
import type { Model } from "../../src/formats/model.js";
import { serializeModel } from "../../src/formats/modelFile.js";
import type { Prediction } from "../../src/formats/prediction.js";
import { predictRaw, predictTable } from "../../src/formats/predictModel.js";
import { TrainedModel } from "../../src/formats/trainedModel.js";
import { dense } from "../../src/network/dense.js";
import { network, networkWith } from "../../src/network/network.js";
import * as alone from "../../src/predict/index.js";

const number = fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constantFrom(0, 1, Number.NaN));
const text = fc.constantFrom("a", "b", "__proto__", "1", null);

/** Columns of some rows, with one value each at least, and a target. */
const tables = fc
  .record({ rows: fc.integer({ min: 4, max: 12 }), kinds: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }) })
  .chain(({ rows, kinds }) =>
    fc
      .tuple(
        ...kinds.map((numeric) =>
          fc.array<number | string | null>(numeric ? number : text, { minLength: rows, maxLength: rows }),
        ),
      )
      .map((cells): Table => {
        const columns = cells.map((values, k): Column => {
          const name = k === 0 ? "toString" : `column ${k}`;
          return kinds[k]
            ? { kind: "numeric", name, values: Float64Array.from([1, ...values.slice(1)] as number[]) }
            : { kind: "categorical", name, values: ["a", ...values.slice(1)] as (string | null)[] };
        });
        return { rows, columns };
      }),
  );

const targets = {
  "two classes": (j: number): string => (j % 2 === 0 ? "no" : "yes"),
  "three classes": (j: number): string => (["low", "mid", "__proto__"] as const)[j % 3],
  "a number": (j: number): number => 10 * j + 3,
};

const models = fc
  .record({
    table: tables,
    target: fc.constantFrom(...(Object.keys(targets) as (keyof typeof targets)[])),
    members: fc.integer({ min: 0, max: 3 }),
    dtype: fc.constantFrom("float64" as const, "float32" as const),
    normalized: fc.constantFrom("standard" as const, "robust" as const, "none" as const),
    // Version 4 has flags of missing values, a feature of rare categories, and takes what training did not have.
    version: fc.constantFrom(3, 4),
    categories: fc.constantFrom("oneHot" as const, "codes" as const),
    seed: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ table, target, members, dtype, normalized, version, categories, seed }) => {
    const values = Array.from({ length: table.rows }, (_, j) => targets[target](j));
    const column: Column =
      target === "a number"
        ? { kind: "numeric", name: "y", values: Float64Array.from(values as number[]) }
        : { kind: "categorical", name: "y", values: values as string[] };
    const whole = { rows: table.rows, columns: [...table.columns, column] };
    const kept = table.columns.map(({ name }) => name);
    const encoder = TableEncoder.fit(whole, { target: "y", version, categories, keep: kept });
    const { X, Y } = encoder.encode(whole);
    const output = { "two classes": "sigmoid", "three classes": "softmax", "a number": "linear" } as const;
    const layers = [dense(3, "tanh"), dense(Y.rows, output[target])];
    const networks = Array.from({ length: Math.max(1, members) }, (_, k) =>
      network({ inputs: X.rows, layers, dtype, initializer: "xavier", seed: seed + k }),
    );
    const model: Model = {
      network: networks[0],
      ...(members > 0 && { members: networks }),
      encoder,
      ...(normalized === "standard" && { normalizer: Normalizer.fit(X) }),
      ...(normalized === "robust" && { normalizer: Normalizer.robust(X) }),
      ...(target === "a number" && { targetNormalizer: Normalizer.fit(Y) }),
    };
    return { table: version === 4 ? withNews(table) : table, model };
  });

/** The table, and in its first row what training did not have. */
function withNews({ rows, columns }: Table): Table {
  return {
    rows,
    columns: columns.map((column): Column => {
      if (column.kind === "categorical") return { ...column, values: ["new", ...column.values.slice(1)] };
      return { ...column, values: Float64Array.from(column.values, (value, j) => (j === 0 ? Number.NaN : value)) };
    }),
  };
}

function rowOf({ columns }: Table, j: number): Table {
  return {
    rows: 1,
    columns: columns.map((column) =>
      column.kind === "numeric"
        ? { ...column, values: column.values.slice(j, j + 1) }
        : { ...column, values: column.values.slice(j, j + 1) },
    ) as Column[],
  };
}

function recordOf({ columns }: Table, j: number): TableRecord {
  return Object.fromEntries(
    columns.map(({ name, values }): [string, Cell] => {
      const value = values[j];
      return [name, typeof value === "number" && Number.isNaN(value) ? null : value];
    }),
  );
}

/** What `predictTable` says of the only row of a table, in the form of a prediction. */
function expected(model: Model, table: Table): Prediction {
  const { outputs, spread, labels, classNames, unknown: cells } = predictTable(model, table);
  const unknown = cells && { unknown: cells.map(({ column }) => column) };
  if (labels === undefined || classNames === undefined) {
    return { value: outputs.data[0], ...(spread && { spread: spread.data[0] }), ...unknown };
  }
  const [label] = labels;
  const two = outputs.rows === 1;
  const probabilities = two ? [1 - outputs.data[0], outputs.data[0]] : Array.from(outputs.data);
  return {
    label,
    probabilities: Object.fromEntries(classNames.map((name, k) => [name, probabilities[k]])),
    ...(spread && { spread: spread.data[two ? 0 : classNames.indexOf(label)] }),
    ...unknown,
  };
}

describe("model.predict()", () => {
  it("says of a record what predictTable says of the table of that row, to the bit", () => {
    fc.assert(
      fc.property(models, ({ table, model }) => {
        const whole = new TrainedModel(model);
        const small = alone.parseModel(serializeModel(model));
        const records = Array.from({ length: table.rows }, (_, j) => recordOf(table, j));
        const each = records.map((_, j) => expected(model, rowOf(table, j)));
        expect(records.map((record) => whole.predict(record))).toEqual(each);
        expect(records.map((record) => small.predict(record))).toEqual(each);
        expect(whole.predict(records)).toEqual(each);
        expect(small.predict(records)).toEqual(each);
        expect(whole.predict(table)).toEqual(each);
      }),
      { numRuns: 60 },
    );
  });

  it("answers any record, or refuses it in words of ours", () => {
    fc.assert(
      fc.property(models, fc.array(fc.anything()), fc.anything(), ({ model, table }, cells, other) => {
        const trained = new TrainedModel(model);
        const record = Object.fromEntries(table.columns.map(({ name }, k) => [name, cells[k]])) as TableRecord;
        for (const given of [record, [record], other as TableRecord]) {
          try {
            trained.predict(given as TableRecord);
          } catch (thrown) {
            expect((thrown as Error).name).toMatch(/^(?:FormatError|OptionError)$/);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("a record", () => {
  const table: Table = {
    rows: 4,
    columns: [
      { kind: "numeric", name: "amount", values: Float64Array.of(1, 2, 3, 6) },
      { kind: "categorical", name: "code", values: ["1", "0", "true", "1"] },
      { kind: "categorical", name: "y", values: ["no", "yes", "no", "yes"] },
    ],
  };
  const encoder = TableEncoder.fit(table, { target: "y" });
  // z = amount: the sigmoid of it.
  const net = networkWith({ inputs: 4, layers: [dense(1, "sigmoid")] }, Float64Array.of(1, 0, 0, 0, 0));
  const model = new TrainedModel({ network: net, encoder });
  const yes = (record: TableRecord): number | undefined => model.predict(record).probabilities?.yes;
  const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

  it("may hold numbers and booleans where texts were, and texts where numbers were", () => {
    expect(yes({ amount: "2", code: 1 })).toBeCloseTo(sigmoid(2), 15);
    expect(yes({ amount: " 2e0 ", code: true })).toBeCloseTo(sigmoid(2), 15);
    expect(yes({ amount: true, code: "0" })).toBeCloseTo(sigmoid(1), 15);
  });

  it("has null where a value is missing, for which the mean stands in", () => {
    expect(yes({ amount: null, code: "0" })).toBeCloseTo(sigmoid(3), 15);
    expect(yes({ amount: Number.NaN, code: "0" })).toBeCloseTo(sigmoid(3), 15);
  });

  it("may have more entries than the model needs, and be of an interface", () => {
    interface Payment {
      readonly amount: number;
      readonly code: string;
      readonly id: number;
    }
    const payment: Payment = { amount: 2, code: "0", id: 7 };
    expect(model.predict(payment).label).toBe("yes");
    expect(model.predict([payment, payment])).toHaveLength(2);
    expect(model.predict([])).toEqual([]);
  });

  it("is labelled by a threshold where one is given", () => {
    expect(model.predict({ amount: 2, code: "0" }, { threshold: 0.95 }).label).toBe("no");
    expect(model.predict([{ amount: 2, code: "0" }], { threshold: 0.95 })[0].label).toBe("no");
    expect(() => model.predict({ amount: 2, code: "0" }, { threshold: 2 })).toThrow(
      "predict(): threshold must be a finite number of at least 0 and of at most 1, got 2",
    );
  });

  it.each<[string, unknown, string]>([
    [
      "lacks a column",
      { amount: 1 },
      'the column "code" of the training data is missing; the record has "amount". Write null where a value is missing',
    ],
    [
      "has no number",
      { amount: "much", code: "0" },
      'row 1, column "amount": expected a number, got "much"; the column held numbers in training',
    ],
    [
      "has an infinite number",
      { amount: 1 / 0, code: "0" },
      'row 1, column "amount": NaN or Infinity in data, Infinity',
    ],
    [
      "has an object",
      { amount: {}, code: "0" },
      'row 1, column "amount": expected a text, a number, a boolean, a Date or null, got {}',
    ],
    [
      "lacks a column, the second of two",
      [{ amount: 1, code: "0" }, { amount: 1 }],
      'row 2: the column "code" of the training data is missing; the record has "amount". Write null where a value is missing',
    ],
    [
      "is none",
      7,
      'predict() must be a record such as { amount: 12, country: "NO" }, an array of them or a Table, got 7',
    ],
    ["is none in an array", [7], "predict(): record 1 must be an object, got 7"],
  ])("that %s is refused", (_, given, message) => {
    expect(() => model.predict(given as TableRecord)).toThrow(message);
  });

  it("is not for a model that knows no columns", () => {
    expect(() => new TrainedModel({ network: net }).predict({ amount: 1 })).toThrow(
      "predict(): the model was not trained on a table; use Predictor or predictRaw() with numbers",
    );
  });
});

describe("new Predictor(model)", () => {
  const X = Matrix.from([
    [0, 4, 1],
    [1, 3, -8],
  ]);
  const networks = [1, 2, 3].map((seed) =>
    network({ inputs: 2, layers: [dense(4, "relu"), dense(2, "linear")], seed }),
  );
  const model: Model = {
    network: networks[0],
    members: networks,
    normalizer: Normalizer.fit(X),
    targetNormalizer: Normalizer.fit(X),
  };

  it.each(["wasm", "readable"] as const)(
    "takes raw features on %s, one example or many, to the bits of predictRaw",
    (engine) => {
      const outputs = predictRaw(model, X, { engine });
      const predictor = new Predictor(model, { engine });
      expect(predictor.predict(X)).toEqual(outputs);
      for (const j of [0, 1, 2]) {
        expect(Array.from(predictor.one([X.get(0, j), X.get(1, j)]))).toEqual([outputs.get(0, j), outputs.get(1, j)]);
      }
      predictor.release();
    },
  );

  it("says how far apart the members of an ensemble are", () => {
    const predictor = new Predictor(model);
    const { mean, spread } = predictor.predictAll(X);
    predictor.one([4, 3]);
    expect(Array.from(predictor.spread ?? [])).toEqual([spread?.get(0, 1), spread?.get(1, 1)]);
    expect(mean.get(0, 1)).not.toBe(0);
    expect(new Predictor(networks[0]).spread).toBeUndefined();
  });

  it("refuses members that are not of one architecture, for it keeps one workspace", () => {
    const other = network({ inputs: 2, layers: [dense(5, "relu"), dense(2, "linear")] });
    expect(() => new Predictor({ ...model, members: [networks[0], other] })).toThrow(
      "members[1] must have the architecture of the model's network",
    );
    expect(() => new Predictor({ ...model, members: [] })).toThrow("members must hold a network at least");
  });
});
