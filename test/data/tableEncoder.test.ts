import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OptionError } from "../../src/constraint/constraint.js";
import { FormatError } from "../../src/data/formatError.js";
import { parseCsv } from "../../src/data/readers/csv.js";
import type { Column, Table } from "../../src/data/table.js";
import { TableEncoder, type TableEncoderOptions } from "../../src/data/tableEncoder.js";
import { expectData } from "../constraint/catalogues.js";

function numeric(name: string, values: readonly number[]): Column {
  return { kind: "numeric", name, values: new Float64Array(values) };
}

function categorical(name: string, values: readonly (string | null)[]): Column {
  return { kind: "categorical", name, values };
}

function tableOf(...columns: readonly Column[]): Table {
  return { rows: columns[0].values.length, columns };
}

/** Four rows with everything: a number missing, a text missing, two classes. */
const payments = tableOf(
  numeric("amount", [10, Number.NaN, 40, 100]),
  categorical("country", ["SE", "NO", null, "NO"]),
  categorical("fraud", ["no", "yes", "no", "no"]),
);

describe("TableEncoder", () => {
  it("keeps numbers, fills in the mean, makes categories one-hot", () => {
    const encoder = TableEncoder.fit(payments, { target: "fraud" });
    const data = encoder.encode(payments);
    expect(data.X.toArray()).toEqual([
      [10, 50, 40, 100], // the mean of 10, 40 and 100 is 50
      [0, 1, 0, 1],
      [1, 0, 0, 0],
      [0, 0, 1, 0],
    ]);
    expect(data.featureNames).toEqual(["amount", "country=NO", "country=SE", "country=(missing)"]);
    expect(data.Y.toArray()).toEqual([[0, 1, 0, 0]]);
    expect(data.classNames).toEqual(["no", "yes"]);
    expect(encoder.task).toBe("binary");
  });

  it("makes codes of categories where it is told to, the missing ones last, and refuses what has none", () => {
    const coded = TableEncoder.fit(payments, { target: "fraud", categories: "codes" });
    expect(coded.featureNames).toEqual(["amount", "country"]);
    expect(coded.encodeFeatures(payments).rowData(1)).toEqual(Float64Array.of(1, 0, 2, 0));
    const again = TableEncoder.fromJSON(JSON.parse(JSON.stringify(coded)));
    expect(again).toEqual(coded);
    expect(again.encodeFeatures(payments)).toEqual(coded.encodeFeatures(payments));
    const unseen = tableOf(numeric("amount", [1, 2]), categorical("country", ["SE", "FI"]));
    expect(() => coded.encodeFeatures(unseen)).toThrow('row 2, column "country": the category "FI" does not occur');
    const complete = tableOf(categorical("country", ["SE", "NO"]), numeric("y", [0, 1]));
    const missing = tableOf(categorical("country", [null]));
    expect(() => TableEncoder.fit(complete, { target: "y", categories: "codes" }).encodeFeatures(missing)).toThrow(
      'row 1, column "country": the value is missing',
    );
    const odd = {
      ...coded.toJSON(),
      features: [{ kind: "categorical", name: "c", categories: ["a"], encoding: "binary" }],
    };
    expect(() => TableEncoder.fromJSON(odd)).toThrow("encoder.features[0].encoding must be one of codes");
  });

  it("takes means from the training rows alone, categories from the whole table", () => {
    const encoder = TableEncoder.fit(payments, { target: "fraud", rows: [0, 1] });
    expect(encoder.features).toEqual([
      { kind: "numeric", name: "amount", mean: 10 },
      { kind: "categorical", name: "country", categories: ["NO", "SE", null] },
    ]);
  });

  it("takes the mean of numbers whose sum overflows", () => {
    const table = tableOf(numeric("x", [1.5e308, 1.5e308, Number.NaN]), numeric("y", [1, 2, 4]));
    const { X } = TableEncoder.fit(table, { target: "y", task: "regression" }).encode(table);
    expect(X.get(0, 2)).toBe(1.5e308);
  });

  it("keeps the order of columns and leaves out what is dropped", () => {
    const table = tableOf(numeric("b", [1, 2]), numeric("id", [7, 8]), numeric("y", [0, 1]), numeric("a", [3, 4]));
    const encoder = TableEncoder.fit(table, { target: "y", drop: ["id"] });
    expect(encoder.featureNames).toEqual(["b", "a"]);
    expect(encoder.encode(table).X.toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it("does not depend on the order of rows", () => {
    const reversed: Table = {
      rows: payments.rows,
      columns: payments.columns.map((column) =>
        column.kind !== "categorical"
          ? { ...column, values: column.values.toReversed() }
          : { ...column, values: column.values.toReversed() },
      ),
    };
    expect(TableEncoder.fit(reversed, { target: "fraud" }).toJSON()).toEqual(
      TableEncoder.fit(payments, { target: "fraud" }).toJSON(),
    );
  });

  it("encodes tables without the target, with columns in another order, and with others beside them", () => {
    const encoder = TableEncoder.fit(payments, { target: "fraud" });
    const later = tableOf(
      categorical("note", ["hello"]),
      categorical("country", ["SE"]),
      numeric("amount", [Number.NaN]),
    );
    expect(encoder.encodeFeatures(later).toArray()).toEqual([[50], [0], [1], [0]]);
  });

  it("takes a column of nothing but missing values for either kind", () => {
    const encoder = TableEncoder.fit(payments, { target: "fraud" });
    const empty = tableOf(numeric("country", [Number.NaN]), categorical("amount", [null]));
    expect(encoder.encodeFeatures(empty).toArray()).toEqual([[50], [0], [0], [1]]);
  });

  it("reads later files with the kinds of the training file, whatever their cells look like", () => {
    const encoder = TableEncoder.fit(parseCsv("code,x,y\n01,1,a\nB2,2,b\nC3,3,a\n"), { target: "y" });
    const later = parseCsv("x,note,code\n,3,01\n", encoder.csvOptions("features"));
    expect(later.columns.map((column) => column.name)).toEqual(["x", "code"]);
    // Features: code=01, code=B2, code=C3, x with its mean.
    expect(encoder.encodeFeatures(later).toArray()).toEqual([[1], [0], [0], [2]]);
    const test = parseCsv("x,code,y\n5,C3,b\n", encoder.csvOptions("featuresAndTarget"));
    expect(encoder.encode(test).Y.toArray()).toEqual([[1]]);
    expect(() => parseCsv("x,z\n1,2\n", encoder.csvOptions("featuresAndTarget"))).toThrow(
      new FormatError('CSV: no columns "code", "y"; the file has "x", "z"'),
    );
  });

  it("holds a column or category named __proto__ to be one like any other", () => {
    const table = tableOf(categorical("__proto__", ["__proto__", "constructor"]), numeric("y", [0, 1]));
    const encoder = TableEncoder.fromJSON(JSON.parse(JSON.stringify(TableEncoder.fit(table, { target: "y" }))));
    expect(encoder.encode(table).X.toArray()).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });
});

describe("the task of a target", () => {
  const encoderFor = (target: Column, options: Partial<TableEncoderOptions> = {}): TableEncoder =>
    TableEncoder.fit(tableOf(numeric("x", [...target.values.keys()]), target), { target: "y", ...options });

  it.each<[string, Column, string, readonly string[] | undefined, number[][]]>([
    ["0 and 1 are two classes", numeric("y", [1, 0, 1]), "binary", ["0", "1"], [[1, 0, 1]]],
    [
      "two texts are two classes, the second of them in order positive",
      categorical("y", ["no", "yes", "no"]),
      "binary",
      ["no", "yes"],
      [[0, 1, 0]],
    ],
    [
      "three texts are three classes",
      categorical("y", ["c", "a", "b"]),
      "multiclass",
      ["a", "b", "c"],
      [
        [0, 1, 0],
        [0, 0, 1],
        [1, 0, 0],
      ],
    ],
    [
      "0, 1, 2 are three classes",
      numeric("y", [2, 0, 1]),
      "multiclass",
      ["0", "1", "2"],
      [
        [0, 1, 0],
        [0, 0, 1],
        [1, 0, 0],
      ],
    ],
    ["a rating from 1 is a quantity", numeric("y", [1, 2, 3]), "regression", undefined, [[1, 2, 3]]],
    ["whole numbers with a gap are quantities", numeric("y", [0, 1, 3]), "regression", undefined, [[0, 1, 3]]],
    ["fractions are quantities", numeric("y", [0, 0.5, 1]), "regression", undefined, [[0, 0.5, 1]]],
  ])("%s", (_, target, task, classes, Y) => {
    const encoder = encoderFor(target);
    expect(encoder.task).toBe(task);
    expect(encoder.classNames).toEqual(classes);
    expect(encoder.encode(tableOf(numeric("x", [0, 0, 0]), target)).Y.toArray()).toEqual(Y);
  });

  it("takes 0 … 19 for classes and 0 … 20 for quantities", () => {
    const upTo = (n: number): Column =>
      numeric(
        "y",
        Array.from({ length: n }, (_, i) => i),
      );
    expect(encoderFor(upTo(20)).task).toBe("multiclass");
    expect(encoderFor(upTo(21)).task).toBe("regression");
  });

  it("does as it is told", () => {
    expect(encoderFor(numeric("y", [0, 1]), { task: "regression" }).task).toBe("regression");
    expect(encoderFor(numeric("y", [1, 5, 3]), { task: "multiclass" }).classNames).toEqual(["1", "3", "5"]);
    expect(encoderFor(numeric("y", [-1, 10, 9]), { task: "multiclass" }).classNames).toEqual(["-1", "9", "10"]);
    expect(encoderFor(categorical("y", ["a", "b"]), { task: "multiclass" }).classNames).toEqual(["a", "b"]);
  });

  it.each<[string, Column, Partial<TableEncoderOptions>, string]>([
    [
      "a label outside 0 and 1",
      numeric("y", [0, 1, 2]),
      { task: "binary" },
      'row 3, column "y": 2 is no label for the task binary; expected 0 or 1',
    ],
    [
      "a fractional class",
      numeric("y", [0, 1.5, 2]),
      { task: "multiclass" },
      'row 2, column "y": 1.5 is no label for the task multiclass; expected a whole number or a text',
    ],
    [
      "more texts than two classes",
      categorical("y", ["a", "b", "c"]),
      { task: "binary" },
      'column "y" has 3 classes, "a", "b", "c"; the task binary needs two: ask for multiclass',
    ],
    [
      "two numbers that are no labels",
      numeric("y", [1, -1, 1]),
      {},
      'column "y" has two values, -1 and 1; write 0 and 1 if they are classes, or ask for the task regression if they are quantities',
    ],
    [
      "texts as quantities",
      categorical("y", ["low", "high"]),
      { task: "regression" },
      'row 1, column "y": "low" is not a number; the task regression needs numbers, the tasks binary and multiclass take texts',
    ],
    [
      "one class of texts",
      categorical("y", ["a", "a"]),
      {},
      'column "y" has one value only in the data, "a": nothing to learn',
    ],
    [
      "one class of numbers",
      numeric("y", [1, 1]),
      { task: "binary" },
      'column "y" has one value only in the data, "1": nothing to learn',
    ],
    [
      "a constant",
      numeric("y", [2.5, 2.5]),
      { task: "regression" },
      'column "y" has one value only in the training rows, "2.5": nothing to learn',
    ],
    [
      "one class in the training rows",
      numeric("y", [0, 0, 1]),
      { rows: [0, 1] },
      'column "y" has one value only in the training rows, "0": nothing to learn',
    ],
    [
      "a class without a training row",
      categorical("y", ["a", "b", "c"]),
      { rows: [0, 2] },
      'column "y": no training row has the class "b"; ask for a stratified split, or leave the class out',
    ],
    [
      "a missing number",
      numeric("y", [0, Number.NaN, 1]),
      {},
      'row 2, column "y": the target is missing; fill it in, or leave the row out',
    ],
    [
      "a missing text",
      categorical("y", ["a", "b", null]),
      {},
      'row 3, column "y": the target is missing; fill it in, or leave the row out',
    ],
    [
      "Infinity",
      numeric("y", [0.5, 1, Number.NEGATIVE_INFINITY]),
      {},
      'row 3, column "y": NaN or Infinity in data, -Infinity',
    ],
    [
      "a different text in most rows",
      categorical(
        "y",
        Array.from({ length: 30 }, (_, i) => `user ${i}`),
      ),
      {},
      'column "y" has 30 different texts in 30 rows; it looks like an identifier, a date or free text: drop it, or replace it by numbers or fewer categories',
    ],
  ])("rejects %s", (_, target, options, message) => {
    expect(() => encoderFor(target, options)).toThrow(new FormatError(message));
  });
});

describe("TableEncoder.fit() rejects", () => {
  const y = numeric("y", [0, 1]);
  const x = numeric("x", [1, 2]);
  it.each<[string, Table, TableEncoderOptions, string]>([
    [
      "a target that is not there",
      payments,
      { target: "frauds" },
      'no column "frauds" to predict; the table has "amount", "country", "fraud". Did you mean "fraud"?',
    ],
    [
      "a target named like nothing there",
      tableOf(x, y),
      { target: "price" },
      'no column "price" to predict; the table has "x", "y"',
    ],
    [
      "a dropped column that is not there",
      tableOf(x, y),
      { target: "y", drop: ["z"] },
      'no column "z" to drop; the table has "x", "y"',
    ],
    [
      "a table of the target alone",
      tableOf(y),
      { target: "y" },
      "no column is left to predict from, beside the target",
    ],
    [
      "a table without rows",
      tableOf(numeric("y", [])),
      { target: "y" },
      "the table has no rows; expected at least one",
    ],
    ["two columns of one name", tableOf(x, y, x), { target: "y" }, 'two columns of the table are named "x"'],
    [
      "columns of different lengths",
      tableOf(y, numeric("x", [1])),
      { target: "y" },
      'column "x" has 1 values, the table 2 rows',
    ],
    [
      "Infinity",
      tableOf(numeric("x", [1, Number.POSITIVE_INFINITY]), y),
      { target: "y" },
      'row 2, column "x": NaN or Infinity in data, Infinity',
    ],
    [
      "a column without a value to train on",
      tableOf(numeric("x", [Number.NaN, 1]), y, numeric("z", [1, 1])),
      { target: "z", task: "regression", rows: [0] },
      'column "z" has one value only in the training rows, "1": nothing to learn',
    ],
    [
      "a feature without a value in the training rows",
      tableOf(numeric("x", [Number.NaN, Number.NaN, 1]), numeric("y", [0, 1, 0])),
      { target: "y", rows: [0, 1] },
      'column "x" has no value in the training rows; drop it',
    ],
    [
      "an identifier",
      tableOf(
        categorical(
          "id",
          Array.from({ length: 50 }, (_, i) => `${i % 30}`),
        ),
        numeric(
          "y",
          Array.from({ length: 50 }, (_, i) => i % 2),
        ),
      ),
      { target: "y" },
      'column "id" has 30 different texts in 50 rows; it looks like an identifier, a date or free text: drop it, or replace it by numbers or fewer categories',
    ],
  ])("%s", (_, table, options, message) => {
    expect(() => TableEncoder.fit(table, options)).toThrow(new FormatError(message));
  });

  it.each([
    [{ target: "fraud", drop: ["fraud"] }, 'column "fraud" is both the target and dropped'],
    [{ target: "fraud", rows: [0, 4] }, "rows must be indices from 0 to 3, got 4"],
    [{ target: "fraud", rows: [0.5] }, "rows must be indices from 0 to 3, got 0.5"],
    [{ target: "fraud", rows: [] }, "rows must name at least one training row"],
  ])("the options %j", (options, message) => {
    expect(() => TableEncoder.fit(payments, options)).toThrow(new OptionError(message));
  });

  it("no column of 20 categories in 20 rows, nor one of 500 in 1,000", () => {
    const column = (n: number, categories: number): Table =>
      tableOf(
        categorical(
          "c",
          Array.from({ length: n }, (_, i) => `${i % categories}`),
        ),
        numeric(
          "y",
          Array.from({ length: n }, (_, i) => i % 2),
        ),
      );
    expect(TableEncoder.fit(column(20, 20), { target: "y" }).featureNames).toHaveLength(20);
    expect(TableEncoder.fit(column(1000, 500), { target: "y" }).featureNames).toHaveLength(500);
    expect(() => TableEncoder.fit(column(3000, 1001), { target: "y" })).toThrow("1001 different texts");
  });
});

describe("TableEncoder.encode() rejects", () => {
  const complete = tableOf(
    numeric("amount", [1, 2, 3]),
    categorical("country", ["NO", "SE", "NO"]),
    categorical("kind", ["a", "b", "c"]),
  );
  const encoder = TableEncoder.fit(complete, { target: "kind" });

  it.each<[string, Table, string]>([
    [
      "a category that training did not see",
      tableOf(numeric("amount", [1, 1]), categorical("country", ["SE", "DK"])),
      'row 2, column "country": the category "DK" does not occur in the training data, which has "NO", "SE"; replace it, leave the row out, or train on data that hold it',
    ],
    [
      "a missing text where none was missing",
      tableOf(numeric("amount", [1]), categorical("country", [null])),
      'row 1, column "country": the value is missing, but none was missing in training; fill it in, leave the row out, or train on data with missing values',
    ],
    [
      "a missing column",
      tableOf(numeric("amount", [1])),
      'the column "country" of the training data is missing; the table has "amount"',
    ],
    [
      "several missing columns, all of them",
      tableOf(numeric("Amount", [1])),
      'the columns "amount", "country" of the training data are missing; the table has "Amount"',
    ],
    [
      "texts for numbers",
      tableOf(categorical("amount", [null, "a lot"]), categorical("country", ["NO", "NO"])),
      'row 2, column "amount": expected a number, got "a lot"; the column held numbers in training',
    ],
    [
      "numbers for texts",
      tableOf(numeric("amount", [1, 1]), numeric("country", [Number.NaN, 47])),
      'row 2, column "country": expected a text such as "NO", got the number 47; read the column as categorical',
    ],
    [
      "Infinity",
      tableOf(numeric("amount", [Number.NEGATIVE_INFINITY]), categorical("country", ["NO"])),
      'row 1, column "amount": NaN or Infinity in data, -Infinity',
    ],
  ])("%s", (_, table, message) => {
    expect(() => encoder.encodeFeatures(table)).toThrow(new FormatError(message));
  });

  const features = [numeric("amount", [1, 2]), categorical("country", ["NO", "SE"])];
  it.each<[string, Column, string]>([
    [
      "a class that training did not see",
      categorical("kind", ["a", "z"]),
      'row 2, column "kind": "z" is none of the classes of the training data, "a", "b", "c"',
    ],
    [
      "a missing class",
      categorical("kind", ["a", null]),
      'row 2, column "kind": the target is missing; fill it in, or leave the row out',
    ],
    [
      "classes of another kind",
      numeric("kind", [1, 2]),
      'row 1, column "kind": expected a text such as "a", got the number 1; read the column as categorical',
    ],
    [
      "a missing target",
      numeric("sort", [1, 2]),
      'the target column "kind" is missing; expected it beside the features',
    ],
  ])("%s", (_, target, message) => {
    expect(() => encoder.encode(tableOf(...features, target))).toThrow(new FormatError(message));
  });
});

describe("TableEncoder.fromJSON()", () => {
  it.each([
    [payments, { target: "fraud" }],
    [payments, { target: "country", drop: ["amount"], rows: [0, 1, 3] }],
    [tableOf(numeric("x", [1, 2]), numeric("y", [0.1, 0.2])), { target: "y", task: "regression" }],
  ] as const)("gives back an encoder that does the same, case %#", (table, options) => {
    const complete = options.target === "country" ? tableOf(...table.columns.map((c) => dropRow(c, 2))) : table;
    const encoder = TableEncoder.fit(complete, {
      ...options,
      rows: Array.from({ length: complete.rows }, (_, i) => i),
    });
    const again = TableEncoder.fromJSON(JSON.parse(JSON.stringify(encoder)));
    expect(again.encode(complete)).toEqual(encoder.encode(complete));
    expect(again.toJSON()).toEqual(encoder.toJSON());
  });

  const valid = {
    target: { task: "binary", name: "y", kind: "numeric", classes: ["0", "1"] },
    features: [
      { kind: "numeric", name: "x", mean: 1 },
      { kind: "categorical", name: "c", categories: ["a", null] },
    ],
  };
  it("takes the case that the others below spoil", () => {
    expect(TableEncoder.fromJSON(valid).toJSON()).toEqual(valid);
  });

  const features = (...rules: unknown[]): unknown => ({ ...valid, features: rules });
  const target = (change: object): unknown => ({ ...valid, target: { ...valid.target, ...change } });
  it.each<[unknown, string]>([
    [null, "encoder must be an object, got null"],
    [[], "encoder must be an object, got []"],
    [{ ...valid, extra: 1 }, 'encoder: unknown option "extra"'],
    [{ target: valid.target }, "encoder.features must be a list of at least one feature, got undefined"],
    [features(), "encoder.features must be a list of at least one feature, got []"],
    [features(1), "encoder.features[0] must be an object, got 1"],
    [features({ kind: "text", name: "x" }), "encoder.features[0].kind must be one of numeric, categorical, date"],
    [features({ kind: "numeric", name: "x", mean: "1" }), 'encoder.features[0].mean must be a finite number, got "1"'],
    [features({ kind: "numeric", name: "x" }), "encoder.features[0].mean is missing; expected a finite number"],
    [features({ kind: "numeric", name: 1, mean: 1 }), "encoder.features[0].name must be a text, got 1"],
    [
      features({ kind: "numeric", name: "x", mean: 1, categories: [] }),
      'encoder.features[0]: unknown option "categories"',
    ],
    [
      features({ kind: "categorical", name: "c", categories: [] }),
      "encoder.features[0].categories must be a list of at least one category, got []",
    ],
    [
      features({ kind: "categorical", name: "c", categories: ["a", 1] }),
      'encoder.features[0].categories must hold texts or null, got ["a",1]',
    ],
    [
      features({ kind: "categorical", name: "c", categories: ["a", "a"] }),
      "encoder.features[0].categories has one of them twice",
    ],
    [features(valid.features[0], valid.features[0]), 'encoder: two columns are named "x"'],
    [features({ kind: "numeric", name: "y", mean: 1 }), 'encoder: two columns are named "y"'],
    [target({ task: "magic" }), "encoder.target.task must be one of binary, multiclass, regression"],
    [target({ name: null }), "encoder.target.name must be a text, got null"],
    [target({ kind: "both" }), "encoder.target.kind must be one of numeric, categorical"],
    [target({ task: "regression", kind: "categorical" }), "encoder.target.kind must be one of numeric"],
    [target({ classes: ["0"] }), 'encoder.target.classes must be a list of two different texts, got ["0"]'],
    [target({ classes: ["0", "0"] }), 'encoder.target.classes must be a list of two different texts, got ["0","0"]'],
    [target({ classes: [0, 1] }), "encoder.target.classes must be a list of two different texts, got [0,1]"],
    [target({ classes: "01" }), 'encoder.target.classes must be a list of two different texts, got "01"'],
    [
      target({ task: "multiclass", classes: ["0"] }),
      'encoder.target.classes must be a list of two or more different texts, got ["0"]',
    ],
  ])("rejects %j", (json, message) => {
    expect(() => TableEncoder.fromJSON(json)).toThrow(OptionError);
    expect(() => TableEncoder.fromJSON(json)).toThrow(message);
  });

  it("accepts or rejects any JSON", () => {
    const names = fc.constantFrom(
      "target",
      "features",
      "kind",
      "name",
      "mean",
      "categories",
      "task",
      "classes",
      "__proto__",
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.constantFrom<unknown>("numeric", "categorical", "binary", null, 1, "a"),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(names, tie("value"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(value, value, (a, b) => {
        for (const json of [a, { target: a, features: [b] }, { ...valid, features: [a, b] }]) {
          try {
            TableEncoder.fromJSON(JSON.parse(JSON.stringify(json)));
          } catch (error) {
            if (!(error instanceof OptionError)) throw error;
          }
        }
      }),
    );
  });
});

function dropRow(column: Column, row: number): Column {
  return column.kind !== "categorical"
    ? { ...column, values: column.values.filter((_, i) => i !== row) }
    : { ...column, values: column.values.filter((_, i) => i !== row) };
}

describe("TableEncoder, whatever the table,", () => {
  const numberCell = fc.oneof(fc.double(), fc.constantFrom(0, 1, Number.NaN));
  const textCell = fc.oneof(fc.constant(null), fc.constantFrom("a", "b", "c"));
  const rows = 6;
  const column = (name: string): fc.Arbitrary<Column> =>
    fc.oneof(
      fc.array(numberCell, { minLength: rows, maxLength: rows }).map((values) => numeric(name, values)),
      fc.array(textCell, { minLength: rows, maxLength: rows }).map((values) => categorical(name, values)),
    );

  it("gives finite numbers or a clear error, and one-hot features that sum to 1", () => {
    fc.assert(
      fc.property(column("a"), column("b"), column("y"), (a, b, y) => {
        const table = tableOf(a, b, y);
        let encoder: TableEncoder;
        try {
          encoder = TableEncoder.fit(table, { target: "y" });
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
          expectData(error);
          return;
        }
        const { X, Y } = encoder.encode(table);
        expect([X.columns, Y.columns]).toEqual([rows, rows]);
        expect([...X.data, ...Y.data].every(Number.isFinite)).toBe(true);
        let first = 0;
        for (const rule of encoder.features) {
          const count = rule.kind === "categorical" ? rule.categories.length : 1;
          if (rule.kind === "categorical") {
            for (let j = 0; j < rows; j++) {
              let sum = 0;
              for (let i = first; i < first + count; i++) sum += X.get(i, j);
              expect(sum).toBe(1);
            }
          }
          first += count;
        }
        expect(first).toBe(X.rows);
      }),
      { numRuns: 500 },
    );
  });
});
