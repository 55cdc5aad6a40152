import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatCsv } from "../../../src/data/csvWriter.js";
import { type CsvOptions, parseCsv } from "../../../src/data/readers/csv.js";
import type { Table } from "../../../src/data/table.js";

type Cells = (number | string | null)[];

function columnsOf({ columns }: Table): Record<string, Cells> {
  return Object.fromEntries(columns.map(({ name, values }) => [name, [...values]]));
}

function read(file: string | Uint8Array, options?: CsvOptions): Record<string, Cells> {
  return columnsOf(parseCsv(file, options));
}

const notesOf = (file: string | Uint8Array, options?: CsvOptions): string[] =>
  parseCsv(file, options).reading?.notes.map(({ message }) => message) ?? [];

const kindsOf = (text: string, options?: CsvOptions): string[] =>
  parseCsv(text, options).columns.map(({ kind }) => kind);

const day = (date: string): number => Date.parse(`${date}Z`);

/** A text in an encoding of one or two bytes a character, by the few characters that a test needs. */
function encoded(text: string, bytesOf: Readonly<Record<string, readonly number[]>>): Uint8Array {
  return new Uint8Array([...text].flatMap((character) => bytesOf[character] ?? [character.charCodeAt(0)]));
}

describe("parseCsv() reads what people have:", () => {
  it.each([
    ["semicolons", "x;y\n1;2\n", ["semicolon-separated"]],
    ["bars", "x|y\n1|2\n", ["bar-separated"]],
    ["tabs", "x\ty\n1\t2\n", ["tab-separated"]],
    ["blanks in any number", "  x    y\n  1    2\n  ", ["blank-separated"]],
    ["sep= of spreadsheets", "sep=;\nx;y\n1;2\n", ["semicolon-separated"]],
    ["comments", "# made by hand\n# in 2020\nx,y\n1,2\n", ["2 lines above the table left out"]],
    ["empty rows", "x,y\n,\n1,2\n,\n,\n", ["3 empty rows left out"]],
    ["empty columns", "x,y,,\n1,2,,\n", ["2 empty columns left out"]],
    ["rows that end in a delimiter", "x,y\n1,2,\n", ["1 empty column left out"]],
    ["an index of pandas", ",x,y\n0,1,2\n", ["the first column, which has no name, left out as names of the rows"]],
    ["an index read again", "Unnamed: 0,x,y\n0,1,2\n", [/first column/]],
    ["row names of R", '"x","y"\n"1",1,2\n', [/first column/]],
    ["row names of R, blanks", '"x" "y"\n"1" 1 2\n', ["blank-separated", /first column/]],
  ])("%s", (_, text, notes) => {
    expect(read(text)).toEqual({ x: [1], y: [2] });
    expect(notesOf(text)).toEqual(notes.map((note) => (typeof note === "string" ? note : expect.stringMatching(note))));
  });

  it("titles above a table of three columns", () => {
    const text = "Sales of 2020\n\nSource: the office,,\na,b,c\n1,2,3\n4,5,6\n";
    expect(read(text)).toEqual({ a: [1, 4], b: [2, 5], c: [3, 6] });
    expect(notesOf(text)).toEqual(["2 lines above the table left out"]);
  });

  it.each([
    ["x,,z\n1,2,3\n", { x: [1], c2: [2], z: [3] }, '"c2"'],
    ["x,y, x,x (2),x\n1,2,3,4,5\n", { x: [1], y: [2], "x (3)": [3], "x (2)": [4], "x (4)": [5] }, '"x (3)", "x (4)"'],
  ])("columns without a name of their own: %j", (text, columns, given) => {
    expect(read(text)).toEqual(columns);
    expect(notesOf(text)).toEqual([`columns without a name of their own called ${given}`]);
  });

  it("the header once more, where files were put one behind the other", () => {
    const text = "\ufeffx,c\n1,a\n3,b\n5,a\n\ufeffx,c\n2,b\nx , c\n4,a\n";
    expect(read(text)).toEqual({ x: [1, 3, 5, 2, 4], c: ["a", "b", "a", "b", "a"] });
    expect(notesOf(text)).toEqual(["2 repeats of the header left out"]);
    // Where all columns are texts, it may be a row.
    expect(read("a,b\nc,d\na,b\n", { header: true })).toEqual({ a: ["c", "a"], b: ["d", "b"] });
  });

  it("remarks below a table of three columns, which are no rows cut short", () => {
    const rows = "a,b,c\n1,2,3\n4,5,6\n";
    expect(read(`${rows}\n\n"Source: the office, 2020"\nLast change: 2020\n`)).toEqual({
      a: [1, 4],
      b: [2, 5],
      c: [3, 6],
    });
    expect(notesOf(`${rows}Source: the office\n`)).toEqual(["1 line below the table left out"]);
    expect(() => parseCsv(`${rows}7\n`)).toThrow("line 4 has 1 cell, the header has 3 columns");
    expect(() => parseCsv(`${rows}Source\n7,8,9\n`)).toThrow("line 4 has 1 cell, the header has 3 columns");
  });

  it("columns of blanks with texts among the numbers", () => {
    const text = "x     color  y\n1.5   red    yes\n10.25 green  no\n";
    expect(read(text)).toEqual({ x: [1.5, 10.25], color: ["red", "green"], y: ["yes", "no"] });
  });

  it.each([
    ["PK\x03\x04\0\0", "a workbook or another archive"],
    ["\xd0\xcf\x11\xe0\0", "a workbook or another archive"],
    ["PAR1\0\0", "give it a name that ends in .parquet"],
    ["x,y\n1,2\n3,4\n5,6\n\0", "bytes that no text has"],
  ])("not what is no text, and says what it is: %j", (text, message) => {
    expect(() => parseCsv(encoded(text, {}))).toThrow(message);
  });

  it("UTF-8 with a slip is an error, not another encoding", () => {
    const bytes = new TextEncoder().encode(`x,name\n${"1,Zoë\n".repeat(20)}2,Zo?\n`);
    bytes[bytes.indexOf(0x3f)] = 0xff;
    expect(() => parseCsv(bytes)).toThrow("line 22 is not valid UTF-8");
    expect(read(bytes, { encoding: "windows-1252" }).name.at(-1)).toBe("Zoÿ");
  });

  it("names that stand in a comment, as numpy.savetxt writes them", () => {
    expect(read("# x y\n1.5 2\n3 4\n")).toEqual({ x: [1.5, 3], y: [2, 4] });
    // The line that names them is not left out.
    expect(notesOf("# x y\n1.5 2\n3 4\n")).toEqual(["blank-separated"]);
    expect(notesOf("# by hand\n# x,y\n1.5,2\n3,4\n")).toEqual(["1 line above the table left out"]);
  });

  it("delimiters within a header in quotes and without", () => {
    expect(read('"Temp (C, mean)",y\n7.5,1\n')).toEqual({ "Temp (C, mean)": [7.5], y: [1] });
    expect(read("Temp (C, mean);Press (hPa, mean);good\n7.5;0.6;1\n6.6;0.5;0\n")).toEqual({
      "Temp (C, mean)": [7.5, 6.6],
      "Press (hPa, mean)": [0.6, 0.5],
      good: [1, 0],
    });
  });

  it("texts in apostrophes, as Weka writes them", () => {
    const text = "age,kind\n'40-49','-1'\n'50-59','1'\n";
    expect(read(text)).toEqual({ age: ["40-49", "50-59"], kind: [-1, 1] });
    expect(read("name,x\nO'Brien,1\n'tis,2\n").name).toEqual(["O'Brien", "'tis"]);
  });

  it.each([
    ["numbers alone", "5,1,1,1,2\n8,4,3,9,4\n3,10,3,5,2\n", 3],
    ["a class of text", "7.5,2.5,kind-b\n6.6,2.2,kind-a\n9.9,3.3,kind-b\n", 3],
    ["texts that recur", "a,x\nb,y\na,x\nb,x\n", 4],
    ["blanks", "   7.50   0.600\n   6.60   0.500\n", 2],
  ])("no header: %s", (_, text, rows) => {
    const table = parseCsv(text);
    expect(table.rows).toBe(rows);
    expect(table.columns.map(({ name }) => name)).toEqual(table.columns.map((__, j) => `c${j + 1}`));
    expect(table.reading?.header).toBe(false);
  });

  it.each([
    ["years", "region,2019,2020\nnorth,5,6\nsouth,7,8\n"],
    ["numbers in a row", "0,1,2\n5,6,7\n8,9,1\n"],
    ["texts over texts", "name,town\nAda,London\nCarl,Brunswick\n"],
    ["texts over dates", "when,what\n2020-01-01,a\n2020-01-02,b\n"],
  ])("a header: %s", (_, text) => {
    expect(parseCsv(text).reading?.header).toBe(true);
  });

  it("a header or none where it is told", () => {
    expect(read("a,b\nc,d\n", { header: false })).toEqual({ c1: ["a", "c"], c2: ["b", "d"] });
    expect(read("1.5,2.5\n3,4\n", { header: true })).toEqual({ "1.5": [3], "2.5": [4] });
  });

  it("columns named by their numbers", () => {
    expect(read("1.5,01,7\n2.5,02,8\n", { categorical: ["2"], drop: ["3"] })).toEqual({
      c1: [1.5, 2.5],
      c2: ["01", "02"],
    });
  });
});

describe("parseCsv() reads numbers as people write them:", () => {
  it("decimal commas as the same numbers as points", () => {
    const points = "acid;sugar\n7.5;0.6\n6.6;1,234.5\n9;0.8\n";
    const commas = "acid;sugar\n7,5;0,6\n6,6;1.234,5\n9;0,8\n";
    expect(read(commas)).toEqual(read(points));
    expect(notesOf(commas)).toContain("decimal comma");
    expect(read("x\n7,5\n8,25\n")).toEqual({ x: [7.5, 8.25] });
    expect(read('x,y\n"7,5",1\n"8,25",2\n')).toEqual({ x: [7.5, 8.25], y: [1, 2] });
  });

  it("a decimal comma that shows in the last of many rows only", () => {
    const text = `x;y\n${"1;a\n".repeat(3000)}2,5;b\n`;
    expect(read(text).x.at(-1)).toBe(2.5);
  });

  it("commas of thousands where points are decimals, and of decimals where semicolons separate", () => {
    expect(read('x\n"1,234"\n"16,000"\n')).toEqual({ x: [1234, 16000] });
    expect(read("x;y\n1,234;1\n")).toEqual({ x: [1.234], y: [1] });
    expect(read("x;y\n1,234;1\n", { decimal: "." })).toEqual({ x: [1234], y: [1] });
  });

  it.each<[string, number]>([
    ['"$7,300"', 7300],
    ["-$5.50", -5.5],
    ["$-5.50", -5.5],
    ["($300)", -300],
    ["€12", 12],
    ["12 €", 12],
    ["USD 5", 5],
    ["12 %", 12],
    ["12%", 12],
    ["300-", -300],
    ["1.5D+02", 150],
    ['"12,34,567"', 1234567],
    ["1'234.5", 1234.5],
    ["1 234", 1234],
    ["−5", -5],
    ['"1,234,567.25"', 1234567.25],
  ])("%s", (cell, number) => {
    expect(read(`y,x\n1,${cell}\n2,3\n`).x).toEqual([number, 3]);
  });

  it("a column of one unit, not of two", () => {
    expect(notesOf("x\n$5\n$6\n7\n")).toEqual(['numbers without their $ in "x"']);
    expect(() => parseCsv("x\n$5\n$6\n€7\n")).toThrow('line 4, column "x": "€7" is in another unit than the $ above');
  });

  it("whole numbers that float64 cannot tell apart as texts, and floating-point ones as they are", () => {
    const text = "id,b\n9007199254741995,1\n9007199254741997,2\n";
    expect(read(text).id).toEqual(["9007199254741995", "9007199254741997"]);
    expect(notesOf(text)).toEqual(['"id" as text: whole numbers beyond 2⁵³ would not all stay apart']);
    expect(read("x\n123456789012345680000\n1\n").x).toEqual([123456789012345680000, 1]);
    expect(read("x\n9007199254741995.5\n0.5\n").x).toEqual([9007199254741996, 0.5]);
  });

  it("grades such as 7+ as categories where they recur, and a slip as an error", () => {
    const grades = `q\n${"5\n6\n7+\n7\n".repeat(5)}`;
    expect(kindsOf(grades)).toEqual(["categorical"]);
    expect(notesOf(grades)).toEqual(['"q" as categories: "7+" is among few numbers']);
    expect(() => parseCsv(`q\n${"5\n6\n7\n".repeat(5)}7+\n`)).toThrow('line 17, column "q": "7+" is not a number');
  });

  it("NaN as missing, and asks about −999", () => {
    expect(read("x,y\n1,2\nNaN,3\n").x).toEqual([1, Number.NaN]);
    expect(notesOf("x,y\n1,2\nNaN,3\n")).toEqual(['"NaN" missing (1 cell)']);
    const text = "x\n3.1\n2.9\n-999\n3.3\n-999\n";
    expect(notesOf(text)).toEqual(['-999 in 2 rows of "x" lies far from all else; if it means missing, name it']);
    expect(read(text, { missing: ["-999"] }).x).toEqual([3.1, 2.9, Number.NaN, 3.3, Number.NaN]);
    expect(notesOf("x\n97\n98\n99\n")).toEqual([]);
  });
});

describe("parseCsv() reads dates:", () => {
  it.each<[string, string]>([
    ["2020-01-31", "2020-01-31"],
    ["2020/01/31", "2020-01-31"],
    ["2020-01", "2020-01-01"],
    ["2020-01-31T12:30:15", "2020-01-31T12:30:15"],
    ["2020-01-31 12:30", "2020-01-31T12:30"],
    ["2020-01-31 12:30:15.250", "2020-01-31T12:30:15.250"],
    ["2020-01-31T12:30:00+02:00", "2020-01-31T10:30"],
    ["31/01/2020", "2020-01-31"],
    ["1/31/2020 1:05 PM", "2020-01-31T13:05"],
    ["31.01.2020", "2020-01-31"],
    ["Jan 5 2020", "2020-01-05"],
    ['"January 5, 2020"', "2020-01-05"],
    ["5-Jan-20", "2020-01-05"],
    ["5 Jan 1949", "1949-01-05"],
    ["Jan-49", "2049-01-01"],
    ["Jan 1949", "1949-01-01"],
    ['"Sun, 05 Jan 2020 10:00:00 GMT"', "2020-01-05T10:00"],
    ["12:30", "1970-01-01T12:30"],
    ["0099-03-01", "0099-03-01"],
  ])("%s", (cell, date) => {
    const [column] = parseCsv(`d,x\n${cell},1\n,2\n`).columns;
    expect(column).toEqual({
      kind: "date",
      name: "d",
      values: Float64Array.of(day(date.includes("T") ? date : `${date}T00:00`), Number.NaN),
      time: date.includes("T"),
    });
  });

  it.each(["2020-02-30", "2020-13-01", "1-01", "40-49", "1.2.10", "25:10", "12:60", "31/31/2020", "May", "3rd"])(
    "not %s",
    (cell) => {
      expect(kindsOf(`d,x\n${cell},1\nz,2\n`)[0]).toBe("categorical");
      expect(kindsOf(`d,x\n${cell},1\n${cell},2\n`)[0]).not.toBe("date");
    },
  );

  it("day or month first as all rows say, and says where none does", () => {
    const last = `d\n${"03/04/2020\n".repeat(2000)}`;
    expect(read(`${last}13/04/2020\n`).d[0]).toBe(day("2020-04-03T00:00"));
    expect(read(`${last}04/13/2020\n`).d[0]).toBe(day("2020-03-04T00:00"));
    expect(notesOf(last)).toEqual([
      'dates in "d"',
      "the month first in dates such as 03/04/2020, though no date tells",
    ]);
    expect(read(last, { dayFirst: true }).d[0]).toBe(day("2020-04-03T00:00"));
    expect(() => parseCsv(`${last}13/04/2020\n14/04/2020\n04/15/2020\n`)).toThrow(
      'line 2004, column "d": "04/15/2020"',
    );
  });

  it("declared as such, in the order that all rows say", () => {
    const last = `d\n${"03/04/2020\n".repeat(2000)}`;
    expect(read(`${last}13/04/2020\n`, { date: ["d"] }).d[0]).toBe(day("2020-04-03T00:00"));
    expect(() => parseCsv(`${last}13/04/2020\n`, { date: ["d"], dayFirst: false })).toThrow(
      '"13/04/2020" is no date with the month first',
    );
  });

  it("numbers where a column is declared one, and a slip as an error", () => {
    expect(read("d\n20200131\n1580428800\n", { date: ["d"] }).d).toEqual([
      day("2020-01-31T00:00"),
      day("2020-01-31T00:00"),
    ]);
    expect(() => parseCsv("d\n2020-01-31\n2020-02-01\nsoon\n")).toThrow(
      'line 4, column "d": "soon" is not a date, but 2 of the column\'s 3 values are',
    );
    expect(() => parseCsv("d\nsoon\n", { date: ["d"] })).toThrow("the column is declared one");
  });
});

describe("parseCsv() reads encodings:", () => {
  const utf16 = (text: string, big: boolean): Uint8Array => {
    const little = new Uint8Array(new Uint16Array([...text].map((c) => c.charCodeAt(0))).buffer);
    return big ? little.map((_, i) => little[i ^ 1]) : little;
  };

  it.each([false, true])("UTF-16 without a mark, big-endian: %s", (big) => {
    expect(read(utf16("x,name\n1,Åse\n", big))).toEqual({ x: [1], name: ["Åse"] });
  });

  it("Windows-1252", () => {
    const file = encoded("größe,note\n7.5,€ – Åse\n", { ö: [0xf6], ß: [0xdf], "€": [0x80], "–": [0x96], Å: [0xc5] });
    expect(read(file)).toEqual({ größe: [7.5], note: ["€ – Åse"] });
    expect(notesOf(file)).toEqual(["Windows-1252"]);
  });

  it("GBK", () => {
    const file = encoded("名,x\n中国,1\n", { 名: [0xc3, 0xfb], 中: [0xd6, 0xd0], 国: [0xb9, 0xfa] });
    expect(read(file)).toEqual({ 名: ["中国"], x: [1] });
    expect(read(file, { encoding: "gb18030" })).toEqual({ 名: ["中国"], x: [1] });
    expect(notesOf(file)).toEqual(["GB18030"]);
  });

  it("Windows-1252 that shows in the last of many rows only", () => {
    const file = encoded(`x,name\n${"1,Ola\n".repeat(300_000)}2,Åse\n`, { Å: [0xc5] });
    expect(read(file).name.at(-1)).toBe("Åse");
  });
});

describe("parseCsv(), whatever the dialect,", () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => Math.round(x * 1000) / 1000 + 0.0625);
  const word = fc.constantFrom("red", "blue, dark", 'a "b"', "x;y", "t\tu", "p|q", "two\nlines", "Åse", "中国");
  const rows = fc.array(fc.tuple(number, word, fc.option(number, { freq: 5 })), { minLength: 3, maxLength: 30 });

  it("reads back what was written", () => {
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom(",", ";", "\t", "|"),
        fc.boolean(),
        fc.constantFrom("\n", "\r\n"),
        (table, delimiter, comma, end) => {
          const write = (cell: number | string | null): string => {
            if (cell === null) return "";
            const text = typeof cell === "number" && comma ? String(cell).replace(".", ",") : String(cell);
            return /[",;|\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
          };
          const lines = [["amount", "name of it", "other"], ...table].map((row) => row.map(write).join(delimiter));
          const found = read(lines.join(end), { numeric: ["amount", "other"], categorical: ["name of it"] });
          expect(found).toEqual({
            amount: table.map(([x]) => x),
            "name of it": table.map(([, text]) => text),
            other: table.map(([, , x]) => x ?? Number.NaN),
          });
        },
      ),
    );
  });

  it("reads back what formatCsv() wrote, kinds and all", () => {
    fc.assert(
      fc.property(rows, (table) => {
        const found = read(formatCsv(["amount", "name of it", "other"], table), { header: true });
        expect(found).toEqual({
          amount: table.map(([x]) => x),
          "name of it": table.map(([, text]) => text),
          other: table.map(([, , x]) => x ?? Number.NaN),
        });
      }),
    );
  });
});
