import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CsvOptions, parseCsv } from "../../../src/data/readers/csv.js";
import type { SettledReading } from "../../../src/data/reading.js";

function read(text: string, assumed: SettledReading, options: CsvOptions = {}): Record<string, unknown[]> {
  const { columns } = parseCsv(text, { assumed, ...options });
  return Object.fromEntries(columns.map(({ name, values }) => [name, [...values]]));
}

const settledIn = (text: string, options?: CsvOptions): SettledReading | undefined =>
  parseCsv(text, options).reading?.settled;

const day = (date: string): number => Date.parse(`${date}T00:00Z`);

describe("what a larger file of the same kind settled", () => {
  it("stands for what the rows leave open", () => {
    expect(read("x;y\n1,234;1\n", { decimal: "," })).toEqual({ x: [1.234], y: [1] });
    expect(read("x;y\n1,234;1\n", { decimal: "." })).toEqual({ x: [1234], y: [1] });
    expect(read("x;y\n1.234;1\n", { decimal: "," })).toEqual({ x: [1234], y: [1] });
    expect(read("d\n03/04/2020\n", { dayFirst: true }).d).toEqual([day("2020-04-03")]);
    expect(read("d\n03/04/2020\n", { dayFirst: false }).d).toEqual([day("2020-03-04")]);
    expect(read("a,b\nc,d\n", { header: false })).toEqual({ c1: ["a", "c"], c2: ["b", "d"] });
    expect(read("x\n-999\nNA\n1\n", { missing: ["-999", "NA"] }).x).toEqual([Number.NaN, Number.NaN, 1]);
  });

  it("yields to what the rows say, and to options", () => {
    expect(read("x;y\n7,5;1\n", { decimal: "." }).x).toEqual([7.5]);
    expect(read("x;y\n7.5;1\n", { decimal: "," }).x).toEqual([7.5]);
    expect(read("x;y\n1,234;1\n", { decimal: "." }, { decimal: "," }).x).toEqual([1.234]);
    expect(read("d\n03/04/2020\n04/13/2020\n", { dayFirst: true }).d[0]).toBe(day("2020-03-04"));
    expect(read("d\n03/04/2020\n", { dayFirst: true }, { dayFirst: false }).d).toEqual([day("2020-03-04")]);
    expect(read("x,y\n-999,NA\n", { missing: ["-999"] }, { missing: ["NA"] })).toEqual({ x: [-999], y: [Number.NaN] });
    // A first row of the names that are asked for is a header.
    const wanted = { categorical: ["c1", "c2"], others: "skip" } as const;
    expect(read("c1,c2\na,b\n", { header: false }, wanted)).toEqual({ c1: ["a"], c2: ["b"] });
  });

  it.each<[string, SettledReading, CsvOptions?]>([
    ["x,y\n1,2\n", {}],
    ["x,y\n1.5,2\n", { decimal: "." }],
    ["x;y\n1,5;2\n", { decimal: "," }],
    ['x,y\n"1,234",2\n', { decimal: "." }],
    ["x,y\n1,2\n", { decimal: "." }, { decimal: "." }],
    ["1.5,2\n3,4\n", { header: false, decimal: "." }],
    ["d,x\n13/04/2020,1\n", { dayFirst: true }],
    ["d,x\n04/13/2020,1\n", { dayFirst: false }],
    ["d,x\n03/04/2020,1\n", {}],
    ["d,x\n03/04/2020,1\n", { dayFirst: true }, { dayFirst: true }],
    ["x,y\n-9,2\n", { missing: ["-9"] }, { missing: ["-9"] }],
  ])("%j settles %j", (text, settled, options) => {
    expect(settledIn(text, options)).toEqual(settled);
  });

  it("reads any rows of a file as the whole was read", () => {
    const number = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 100, max: 999 }))
      .map((cell) => cell.join(","));
    const date = fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
      .map(([a, b]) => `${a}/${b}/2020`);
    const rows = fc.array(
      fc.tuple(number, date).map((cells) => cells.join(";")),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(rows, fc.constantFrom("0,5;31/1/2020", "10,25;1/31/2020"), (lines, telling) => {
        const whole = parseCsv(["x;d", telling, ...lines].join("\n"));
        const { settled: assumed = {} } = whole.reading ?? {};
        lines.forEach((line, i) => {
          const declared = { numeric: ["x"], date: ["d"], others: "skip" } as const;
          const alone = parseCsv(`x;d\n${line}\n`, { ...declared, assumed });
          expect(alone.columns.map(({ values }) => values[0])).toEqual(
            whole.columns.map(({ values }) => values[i + 1]),
          );
        });
      }),
    );
  });
});
