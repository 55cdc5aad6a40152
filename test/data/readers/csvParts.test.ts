import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCsv } from "../../../src/data/readers/csv.js";
import { csvParts, type TablePart } from "../../../src/data/readers/csvParts.js";
import { readingOfParts } from "../../../src/data/readers/readingOfParts.js";
import type { ByteSource } from "../../../src/data/readers/textSource.js";
import type { Column, Table } from "../../../src/data/table.js";

const options = { numeric: ["x"], categorical: ["c"], others: "skip" } as const;

/** The bytes of a text in pieces of these lengths, over and over. */
function pieced(text: string, lengths: readonly number[]): ByteSource {
  const bytes = new TextEncoder().encode(text);
  return {
    size: bytes.length,
    *pieces() {
      for (let at = 0, k = 0; at < bytes.length; k++) {
        const end = at + lengths[k % lengths.length];
        yield bytes.subarray(at, end);
        at = end;
      }
    },
  };
}

/** The parts one below the other. */
function joined(parts: readonly Table[]): Pick<Table, "rows" | "columns"> {
  const columns = parts[0].columns.map(({ kind, name }, k): Column => {
    const values = parts.flatMap(({ columns }) => Array.from<number | string | null>(columns[k].values));
    return kind === "categorical"
      ? { kind, name, values: values as (string | null)[] }
      : ({ ...parts[0].columns[k], values: Float64Array.from(values as number[]) } as Column);
  });
  return { rows: parts.reduce((sum, { rows }) => sum + rows, 0), columns };
}

const errorOf = (work: () => unknown): string => {
  try {
    work();
  } catch (thrown) {
    return (thrown as Error).message;
  }
  return "";
};

describe("csvParts()", () => {
  const cell = fc.constantFrom("a", "b", "NA", "", '"a, ""b"""', '"two\nlines"');
  const row = fc
    .tuple(fc.oneof(fc.integer(), fc.constantFrom("", "NA", "1.5")), cell, cell)
    .map((cells) => cells.join(","));
  const lineEnd = fc.constantFrom("\n", "\r\n");
  const files = fc
    .tuple(fc.array(fc.oneof({ weight: 8, arbitrary: row }, fc.constantFrom("", ",,")), { maxLength: 30 }), lineEnd)
    .map(([rows, end]) => ["x,c,note", "1,a,first", ...rows].join(end));
  const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

  it("gives the rows of parseCsv, whatever the pieces are", () => {
    fc.assert(
      fc.property(files, lengths, fc.boolean(), (text, pieces, ends) => {
        const file = ends ? `${text}\n` : text;
        const parts: TablePart[] = [...csvParts(pieced(file, pieces), options, "all")];
        const whole = parseCsv(file, options);
        expect(joined(parts.map(({ table }) => table))).toEqual({ rows: whole.rows, columns: whole.columns });
        const readings = parts.flatMap(({ table }) => table.reading ?? []);
        expect(readings.reduce(readingOfParts).notes).toEqual(whole.reading?.notes);
        const texts = parseCsv(file, { categorical: ["x", "c", "note"], missing: [] });
        expect(joined(parts.map(({ kept }) => kept))).toEqual({ rows: texts.rows, columns: texts.columns });
        const shares = parts.map(({ share }) => share);
        expect(shares).toEqual([...shares].sort((a, b) => a - b));
        expect(Math.min(...shares)).toBeGreaterThan(0);
        expect(Math.max(...shares)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("says of a bad row what parseCsv says, with the line of the file", () => {
    const bad = fc.constantFrom("a remark\n1,a,b", "7", "1,a", "much,a,b", '2,"a', '2,a"b,c', "1,a,b,c");
    fc.assert(
      fc.property(files, lengths, bad, (text, pieces, last) => {
        const file = `${text}\n${last}\n`;
        const said = errorOf(() => parseCsv(file, options));
        expect(said).not.toBe("");
        expect(errorOf(() => [...csvParts(pieced(file, pieces), options, [])])).toBe(said);
      }),
    );
  });

  it.each([
    ["Windows-1252", [0x78, 0x2c, 0x63, 0x0a, 0x31, 0x2c, 0xe9, 0x0a], "é"],
    ["UTF-16", [0xff, 0xfe, ...[..."x,c\n1,ü\n"].flatMap((c) => [c.charCodeAt(0), 0])], "ü"],
  ])("reads %s", (_, bytes, text) => {
    const source = { size: bytes.length, pieces: () => bytes.map((byte) => Uint8Array.of(byte)) };
    const [{ table }] = [...csvParts(source, options, [])];
    expect(table.columns[1].values).toEqual([text]);
  });

  it("reads all dates in the order of the first ones, and says where another comes", () => {
    const dated = { date: ["d"], others: "skip" } as const;
    const datesIn = (text: string): number[] =>
      [...csvParts(pieced(text, [11_000]), dated, [])].flatMap(({ table }) => [
        ...(table.columns[0].values as Float64Array),
      ]);
    const early = "03/04/2020\n".repeat(2000);
    expect(new Set(datesIn(`d\n${early}04/13/2020\n`))).toEqual(new Set([Date.UTC(2020, 2, 4), Date.UTC(2020, 3, 13)]));
    expect(() => datesIn(`d\n${early}13/04/2020\n`)).toThrow(
      'CSV: line 2002, column "d": "13/04/2020" is no date with the month first, as the dates of this file are read; ' +
        "mend the cell, or say by dayFirst which comes first",
    );
    const later = { ...dated, assumed: { dayFirst: true } };
    const [{ table }] = [...csvParts(pieced("d\n03/04/2020\n", [12]), later, [])];
    expect(table.columns[0].values).toEqual(Float64Array.of(Date.UTC(2020, 3, 3)));
  });

  it.each(["", "x,c\n", "\n\n"])("refuses %j as parseCsv does", (text) => {
    const said = errorOf(() => parseCsv(text, options));
    expect(errorOf(() => [...csvParts(pieced(text, [3]), options, [])])).toBe(said);
    expect(said).toMatch(/^CSV: /);
  });
});
