import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { FormatError } from "../../src/data/formatError.js";
import { parseJsonLines } from "../../src/data/readers/jsonLines.js";
import { readTable } from "../../src/node/readTable.js";
import { TestFolder } from "../cli/tables.js";
import { readsOrRejects } from "../data/readers/hostile.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

const rows = `x;y\n${Array.from({ length: 300_000 }, (_, i) => `${i},5;${i % 2 ? "a" : "b"}`).join("\n")}\n`;

describe("readTable()", () => {
  it("reads a file of many pieces, plain and compressed, as the text in memory", async () => {
    for (const path of [folder.file("long.csv", rows), folder.file("long.csv.gz", gzipSync(rows))]) {
      const table = await readTable(path);
      expect(table.rows).toBe(300_000);
      expect(table.columns[0].values.at(-1)).toBe(299_999.5);
      expect(table.columns[1].values.slice(-2)).toEqual(["b", "a"]);
      expect(table.reading?.notes.map(({ message }) => message)).toEqual(["semicolon-separated", "decimal comma"]);
    }
  });

  it("names a compressed file that is cut off", async () => {
    const path = folder.file("cut.csv.gz", gzipSync("x,y\n1,2\n").subarray(0, 15));
    await expect(readTable(path)).rejects.toThrow(`cannot read ${path}: unexpected end of file`);
  });

  it("reads what comes through a pipe", async () => {
    const fifo = folder.join("pipe");
    execFileSync("mkfifo", [fifo]);
    const reading = readTable(fifo);
    spawn("sh", ["-c", `printf 'x,y\\n1,2\\n' > '${fifo}'`]);
    expect((await reading).columns.map(({ name }) => name)).toEqual(["x", "y"]);
  });

  it("reads JSON lines", async () => {
    const path = folder.file(
      "rows.jsonl",
      '{"x": 1, "kind": "a", "ok": true, "day": "2024-01-31"}\n\n{"kind": "NA", "x": null, "day": "2024-02-01", "late": 2}\n',
    );
    expect(await readTable(path)).toEqual({
      rows: 2,
      columns: [
        { kind: "numeric", name: "x", values: Float64Array.of(1, Number.NaN) },
        { kind: "categorical", name: "kind", values: ["a", null] },
        { kind: "categorical", name: "ok", values: ["true", null] },
        {
          kind: "date",
          name: "day",
          values: Float64Array.of(Date.UTC(2024, 0, 31), Date.UTC(2024, 1, 1)),
          time: false,
        },
        { kind: "numeric", name: "late", values: Float64Array.of(Number.NaN, 2) },
      ],
    });
    expect((await readTable(path, { drop: ["day"], categorical: ["x"], others: "skip" })).columns).toEqual([
      { kind: "categorical", name: "x", values: ["1", null] },
    ]);
  });

  it.each([
    ['{"x": 1}\n[2]\n', 'line 2 is no record; expected an object a line, such as {"x": 1, "y": "a"}'],
    ['{"x": 1}\n{"x": \n', "line 2 is no JSON"],
    ['[{"x": 1}, 2]', 'entry 2 is no record; expected an array of objects, such as [{"x": 1, "y": "a"}]'],
    ["[1", "line 1 is no JSON"],
    ['{"x": {"y": 1}}\n', 'record 1, "x": a list or an object'],
    ['{"x": 1}\n{"x": 2}\n{"x": "z"}\n', 'record 3, "x": not a number, but the column\'s other values are'],
    ["\n", "the file has no records"],
  ])("refuses %j", async (text, message) => {
    const path = folder.file("bad.jsonl", text);
    await expect(readTable(path)).rejects.toThrow(FormatError);
    await expect(readTable(path)).rejects.toThrow(`bad.jsonl: ${message}`);
  });

  it("reads one array of records, and numbers that are written as texts, but no codes", async () => {
    const file = folder.file(
      "array.json",
      ' [{"x": "1.5", "n": 1, "zip": "01234"}, {"x": null, "n": "-2e3", "zip": "10001"}]',
    );
    expect((await readTable(file)).columns).toEqual([
      { kind: "numeric", name: "x", values: Float64Array.of(1.5, Number.NaN) },
      { kind: "numeric", name: "n", values: Float64Array.of(1, -2000) },
      { kind: "categorical", name: "zip", values: ["01234", "10001"] },
    ]);
  });

  it("reads or rejects any JSON lines", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.json(), fc.string())), (lines) => {
        readsOrRejects(() => parseJsonLines(new TextEncoder().encode(lines.join("\n")), {}));
      }),
      { numRuns: 300 },
    );
  });

  it("reads Parquet: numbers, long integers, texts, booleans, times and what is missing", async () => {
    // Written by hyparquet-writer.
    const bytes = readFileSync(new URL("../fixtures/readers/small.parquet", import.meta.url));
    const { rows: count, columns } = await readTable(folder.file("small.parquet", bytes));
    expect(count).toBe(4);
    expect(columns).toEqual([
      { kind: "numeric", name: "x", values: Float64Array.of(1.5, 2, Number.NaN, 4) },
      { kind: "numeric", name: "n", values: Float64Array.of(1, 2, 3, 4) },
      {
        kind: "categorical",
        name: "id",
        values: ["9007199254740993", "9007199254740995", "9007199254740997", "9007199254740999"],
      },
      { kind: "categorical", name: "color", values: ["red", "blue", null, "red"] },
      { kind: "categorical", name: "ok", values: ["true", "false", "true", "false"] },
      {
        kind: "date",
        name: "day",
        values: Float64Array.of(Date.UTC(2024, 0, 31), Date.UTC(2024, 1, 1), Number.NaN, Date.UTC(2024, 1, 3, 12)),
        time: true,
      },
    ]);
    await expect(readTable(folder.file("bad.parquet", bytes.subarray(0, 400)))).rejects.toThrow(
      "bad.parquet: no Parquet file that hyparquet can read",
    );
  });
});
