import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OptionError } from "../../../src/constraint/constraint.js";
import { formatCsv } from "../../../src/data/csvWriter.js";
import { FormatError } from "../../../src/data/formatError.js";
import { type CsvOptions, parseCsv } from "../../../src/data/readers/csv.js";
import type { Table } from "../../../src/data/table.js";
import { readsOrRejects } from "./hostile.js";

/** Columns by name, numbers as plain arrays. */
function columnsOf(table: Table): Record<string, (number | string | null)[]> {
  return Object.fromEntries(table.columns.map((column) => [column.name, [...column.values]]));
}

function read(text: string | Uint8Array, options?: CsvOptions): Record<string, (number | string | null)[]> {
  return columnsOf(parseCsv(text, options));
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("parseCsv()", () => {
  it("reads numbers and texts", () => {
    expect(parseCsv("x,color\n1,red\n-2.5,blue\n")).toMatchObject({
      rows: 2,
      columns: [
        { kind: "numeric", name: "x", values: new Float64Array([1, -2.5]) },
        { kind: "categorical", name: "color", values: ["red", "blue"] },
      ],
    });
  });

  it("tells how far it is, with or without quotes", () => {
    for (const cell of ["1", '"1"']) {
      const seen: [number, number][] = [];
      parseCsv(`x\n${`${cell}\n`.repeat(49_999)}`, { onProgress: (lines, share) => seen.push([lines, share]) });
      expect(seen.map(([lines]) => lines)).toEqual([20_000, 40_000]);
      for (const [lines, share] of seen) expect(share).toBeCloseTo(lines / 50_000, 3);
    }
  });

  it.each([
    ["no line end after the last row", "x,y\n1,2"],
    ["Windows line ends", "x,y\r\n1,2\r\n"],
    ["old Mac line ends", "x,y\r1,2\r"],
    ["mixed line ends", "x,y\r\n1,2\n"],
    ["blank lines anywhere", "\n\nx,y\n  \n1,2\n\n\n"],
    ["blanks around cells", " x ,\ty\n 1 , 2\t\n"],
    ["a byte order mark", "\ufeffx,y\n1,2\n"],
    ["semicolons", "x;y\n1;2\n"],
    ["tabs", "x\ty\n1\t2\n"],
    ["quotes", '"x","y"\n"1","2"\n'],
    ["quotes after a blank", 'x, "y"\n1, "2"\n'],
    ["quotes and Windows line ends", '"x",y\r\n1,"2"\r\n'],
    ["quotes and mixed line ends", '"x",y\n\n1,"2"\r\n'],
  ])("reads %s", (_, text) => {
    expect(read(text)).toEqual({ x: [1], y: [2] });
    expect(read(bytes(text))).toEqual({ x: [1], y: [2] });
  });

  it("reads UTF-16 with a byte order mark, as spreadsheets write it", () => {
    const text = "\ufeffx\tname\n1\tÅse\n";
    const little = new Uint8Array(new Uint16Array([...text].map((c) => c.charCodeAt(0))).buffer);
    const big = little.map((_, i) => little[i ^ 1]);
    expect(read(little)).toEqual({ x: [1], name: ["Åse"] });
    expect(read(big)).toEqual({ x: [1], name: ["Åse"] });
  });

  it("keeps delimiters, doubled quotes and line ends within quotes", () => {
    expect(read('a,b\n"x, y","say ""hi"""\n"two\nlines",""\n')).toEqual({
      a: ["x, y", "two\nlines"],
      b: ['say "hi"', null],
    });
  });

  it("counts quoted delimiters as text when it looks for the delimiter", () => {
    expect(read('"a,b,c";d\n1;2\n')).toEqual({ "a,b,c": [1], d: [2] });
  });

  it("takes the delimiter it is given", () => {
    expect(read("a;b,c\n1,2\n", { delimiter: "," })).toEqual({ "a;b": [1], c: [2] });
  });

  it.each(["1e3", "+1", ".5", "1.", "-0.25E-2", "007", "0"])("takes %s for a number", (cell) => {
    expect(read(`x\n${cell}\n`)).toEqual({ x: [Number(cell)] });
  });

  it.each(["0x10", "1_000", "0b1", "1e", "...!", "1 2", "½", "12px", "true"])("takes %s for a text", (cell) => {
    expect(read(`x;y\n${cell};1\n`)).toEqual({ x: [cell], y: [1] });
  });

  it("takes an empty cell and what programs write for missing values", () => {
    const cells = ["", "NA", "N/A", "#N/A", "NaN", "nan", "NaT", "None", "null", "NULL", "?", "-", "."];
    const text = `x,c\n1,a\n${cells.map((cell) => `${cell},${cell}`).join("\n")}\n2,b\n`;
    // A row without a single value is none.
    const kept = cells.filter((cell) => cell !== "");
    expect(read(text)).toEqual({
      x: [1, ...kept.map(() => Number.NaN), 2],
      c: ["a", ...kept.map(() => null), "b"],
    });
    expect(read("x,c\n1,\n,a\n")).toEqual({ x: [1, Number.NaN], c: [null, "a"] });
  });

  it("takes other cells for missing when asked to", () => {
    expect(read("x,c\n-999,NA\n-999.0,\n1,a\n", { missing: ["-999"] })).toEqual({
      x: [Number.NaN, Number.NaN, 1],
      c: ["NA", null, "a"],
    });
  });

  it("keeps missing values that precede the first text", () => {
    expect(read("x,c\n1,\n2,NA\n3,a\n").c).toEqual([null, null, "a"]);
  });

  it("makes a column without any value numeric", () => {
    expect(parseCsv("x,y\n,1\n,2\n").columns[0].kind).toBe("numeric");
  });

  it("makes a column categorical when at most half of its values are numbers, and keeps their texts", () => {
    expect(read("c,x\n007,1\n1.50,2\nB12,3\nA,4\n").c).toEqual(["007", "1.50", "B12", "A"]);
    expect(read("c,x\nA,1\n007,2\n").c).toEqual(["A", "007"]);
    expect(read("c,x\nnan,1\ninf,2\nA,3\nB,4\n").c).toEqual([null, "inf", "A", "B"]);
  });

  it("reads columns declared categorical as texts, keeps leading zeros, and skips dropped ones", () => {
    const text = "zip,note,x\n0150,7,1\n0550,oops,2\n9990,3,3\n";
    expect(read(text, { categorical: ["zip"], drop: ["note"] })).toEqual({
      zip: ["0150", "0550", "9990"],
      x: [1, 2, 3],
    });
  });

  it("skips what is not listed when asked to", () => {
    expect(read("a,b,c\n1,2,x\n", { numeric: ["b"], others: "skip" })).toEqual({ b: [2] });
  });

  it("grows with the file", () => {
    const n = 1000;
    const text = `i,even\n${Array.from({ length: n }, (_, i) => `${i},${i % 2 === 0 ? "yes" : "no"}`).join("\n")}`;
    const table = parseCsv(text);
    expect(table.rows).toBe(n);
    expect(table.columns[0].values).toEqual(Float64Array.from({ length: n }, (_, i) => i));
    expect(table.columns[1].values.slice(-2)).toEqual(["yes", "no"]);
  });

  it("takes whole numbers in a row for names, as pandas gives them", () => {
    expect(read("0,1,2\n5,6,7\n")).toEqual({ 0: [5], 1: [6], 2: [7] });
    expect(read("1,2\n5,6\n")).toEqual({ 1: [5], 2: [6] });
  });

  it("holds names such as __proto__ to be names", () => {
    expect(parseCsv("__proto__,constructor\n1,a\n").columns.map((column) => column.name)).toEqual([
      "__proto__",
      "constructor",
    ]);
    expect(parseCsv("__proto__\n1\n", { categorical: ["__proto__"] }).columns[0].values).toEqual(["1"]);
  });
});

describe("parseCsv() rejects", () => {
  const rows = (cells: readonly string[]): string => `id,age\n${cells.map((cell, i) => `${i},${cell}`).join("\n")}\n`;

  it.each<[string, string, CsvOptions, string]>([
    ["an empty file", "", {}, "CSV: the file is empty; expected a line of column names, then a line for each row"],
    [
      "blank lines only",
      " \n\n",
      {},
      "CSV: the file is empty; expected a line of column names, then a line for each row",
    ],
    ["a header alone", "x,y\n", {}, "CSV: the file has a header and no rows; expected at least one row"],
    [
      "a row that is too short",
      "x,y\n1,2\n\n3\n",
      {},
      'CSV: line 4 has 1 cell, the header has 2 columns (delimiter ","); fill the row up, or leave it out',
    ],
    [
      "a row that is too long, behind a cell of several lines",
      '"x";y\r\n"a\r\nb";1\r\n1;2;3\r\n',
      {},
      'CSV: line 4 has 3 cells, the header has 2 columns (delimiter ";"); quote cells that contain the delimiter',
    ],
    [
      "a quote that is not closed",
      'x,y\n1,2\n3,"4\n5,6\n',
      {},
      "CSV: the row that begins on line 3 has a quote that is never closed",
    ],
    [
      "a quote within a cell",
      'x,y\n1,5" pipe\n',
      {},
      'CSV: the row that begins on line 2 has a quote within a cell; put the whole cell in quotes and double the ones inside: "5"" pipe"',
    ],
    [
      "text after a quoted cell",
      'x,y\n1,"a"b\n',
      {},
      'CSV: the row that begins on line 2 has a quote within a cell; put the whole cell in quotes and double the ones inside: "5"" pipe"',
    ],
    [
      "a text in a numeric column",
      rows(["31", "42", "old", "27"]),
      {},
      'CSV: line 4, column "age": "old" is not a number, but 3 of the column\'s 4 values are; ' +
        "mend the cell, leave it empty if the value is missing, or declare the column categorical",
    ],
    [
      "a text at the head of a numeric column",
      rows(["oops", "42", "27"]),
      {},
      'CSV: line 2, column "age": "oops" is not a number, but 2 of the column\'s 3 values are; ' +
        "mend the cell, leave it empty if the value is missing, or declare the column categorical",
    ],
    [
      "a text in a column declared numeric",
      rows(["a", "b", "c"]),
      { numeric: ["age"] },
      'CSV: line 2, column "age": "a" is not a number, but the column is declared numeric; ' +
        "mend the cell, leave it empty if the value is missing, or declare the column categorical",
    ],
    [
      "Infinity",
      rows(["1", "2", "-inf"]),
      { numeric: ["age"] },
      'CSV: line 4, column "age": NaN or Infinity in data, "-inf"; leave the cell empty if the value is missing',
    ],
    [
      "a number beyond float64",
      rows(["1e999"]),
      {},
      'CSV: line 2, column "age": NaN or Infinity in data, "1e999"; leave the cell empty if the value is missing',
    ],
    [
      "an option that names an unknown column",
      "amount,age\n1,2\n",
      { categorical: ["amuont"] },
      'CSV: no column "amuont"; the file has "amount", "age". Did you mean "amount"?',
    ],
    [
      "columns that are missing, all of them",
      "a,b\n1,2\n",
      { numeric: ["a", "x"], categorical: ["y"], others: "skip" },
      'CSV: no columns "x", "y"; the file has "a", "b"',
    ],
    [
      "a cell too long and strange to print",
      rows(["1", "2", `\u001b[31m${"z".repeat(1000)}`]),
      {},
      `CSV: line 4, column "age": "\\u001b[31m${"z".repeat(34)}…" is not a number, but 2 of the column's 3 values are; ` +
        "mend the cell, leave it empty if the value is missing, or declare the column categorical",
    ],
  ])("%s", (_, text, options, message) => {
    expect(() => parseCsv(text, options)).toThrow(new FormatError(message));
  });

  it("bytes that are not of the encoding named", () => {
    const latin1 = new Uint8Array([...bytes("x,name\n1,Ola\n2,"), 0xc5, ...bytes("se\n")]);
    expect(() => parseCsv(latin1, { encoding: "utf-8" })).toThrow(
      new FormatError("CSV: line 3 is not valid UTF-8; name the encoding it has, or save the file as UTF-8"),
    );
  });

  it.each([
    ["zeros", new Uint8Array(2 ** 20)],
    ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff)],
  ])("bytes that are no text: %s", (_, file) => {
    expect(() => parseCsv(file)).toThrow(
      new FormatError("CSV: the file holds bytes that no text has; expected a table as text, such as CSV"),
    );
  });

  it("a file of Weka, which would else be read as a column of remarks", () => {
    expect(() => parseCsv("% monthly\n%\n@RELATION airline\n@attribute n numeric\n@data\n112\n118\n")).toThrow(
      new FormatError(
        "CSV: the file is ARFF, of Weka, which is not read; write the names of its attributes as one row, " +
          "and below it the rows after @data",
      ),
    );
  });

  it("a column in two lists", () => {
    expect(() => parseCsv("x\n1\n", { numeric: ["x"], drop: ["x"] })).toThrow(
      'column "x" is in more than one of numeric, categorical, date and drop',
    );
  });
});

describe("parseCsv(), whatever the input,", () => {
  const cell = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
    fc.stringMatching(/^[a-c,;"'\n\r\t é]{0,6}$/),
  );

  it("reads back what formatCsv() wrote, whether or not the text has quotes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1 }),
        (width, table) => {
          // No cell is one of them: a row of the names again would be left out.
          const names = ["w", "x", "y", "z"].slice(0, width);
          const rows = table.map((row) => row.slice(0, width));
          const categorical = names;
          const read = columnsOf(
            parseCsv(formatCsv(names, rows), { categorical, missing: [], delimiter: ",", header: true }),
          );
          const expected = names.map((_, j) =>
            rows.map((row) => {
              const text = row[j] === null ? "" : Object.is(row[j], -0) ? "-0" : String(row[j]);
              return text.trim() === "" ? null : text.trim();
            }),
          );
          expect(Object.values(read)).toEqual(expected);
        },
      ),
    );
  });

  it("reads numbers bit for bit", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (numbers) => {
        const table = parseCsv(
          formatCsv(
            ["x"],
            numbers.map((x) => [x]),
          ),
        );
        expect(table.columns[0].values).toEqual(new Float64Array(numbers));
      }),
    );
  });

  it("reads or rejects any text", () => {
    const part = fc.oneof(
      fc.constantFrom('"', ",", ";", "\t", "\n", "\r\n", "\r", "NaN", "1", "a", " ", "\0"),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        readsOrRejects(() => parseCsv(parts.join("")));
      }),
      { numRuns: 1000 },
    );
  });

  it("reads or rejects any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (file) => {
        readsOrRejects(() => parseCsv(file));
      }),
      { numRuns: 1000 },
    );
  });

  it("takes a time that grows with the file, not with its square", () => {
    // Each of these would take minutes if any step looked back over what it had read.
    const long = 1_000_000;
    for (const text of [
      `x\n${"1".repeat(long)}z\n`,
      `x\n"${"a".repeat(long)}`,
      `x\n${'""'.repeat(long / 2)}\n`,
      `x${"\n".repeat(long)}1\n`,
      `${",".repeat(long)}\n`,
      `x\n${" ".repeat(long)}1\n`,
    ]) {
      readsOrRejects(() => parseCsv(text));
    }
  });
});

describe("digits with zeros in front", () => {
  it.each<[string, readonly string[]]>([
    ["postal codes", ["02134", "10001", "94103"]],
    ["postal codes of which the first has no zero", ["10001", "02134", "94103"]],
    ["codes beside a missing one", ["02134", "", "94103"]],
  ])("are texts: %s", (_, cells) => {
    const table = parseCsv(`zip,y\n${cells.map((cell) => `${cell},1\n`).join("")}`);
    expect(table.columns[0]).toEqual({ kind: "categorical", name: "zip", values: cells.map((cell) => cell || null) });
    expect(table.reading?.notes.map(({ message }) => message)).toContain(
      '"zip" as text: digits with zeros in front are codes',
    );
  });

  it.each<[string, readonly string[]]>([
    ["hours and minutes", ["0530", "1200"]],
    ["decimals of one length", ["0.125", "1.250"]],
    ["whole numbers and zeros", ["00000", "1"]],
    ["decimals among them", ["00001", "100.5"]],
    ["no zero in front", ["10001", "94103"]],
  ])("are numbers: %s", (_, cells) => {
    const table = parseCsv(`x,y\n${cells.map((cell) => `${cell},1\n`).join("")}`);
    expect([...(table.columns[0]?.values ?? [])]).toEqual(cells.map(Number));
  });

  it("are numbers where they are declared so", () => {
    expect(parseCsv("zip,y\n02134,1\n10001,2\n", { numeric: ["zip"] }).columns[0]?.values).toEqual(
      new Float64Array([2134, 10001]),
    );
  });
});

describe("the options of parseCsv()", () => {
  it.each<[unknown, string]>([
    [{ delimter: ";" }, "delimter"],
    [{ delimiter: "::" }, "delimiter"],
    [{ decimal: "x" }, "decimal"],
    [{ missing: "zz" }, "missing must be an array of texts"],
    [{ drop: "a" }, "drop must be an array of texts"],
    [{ others: "all" }, "others"],
    [{ assumed: { dayfirst: true } }, "dayFirst"],
    [{ onProgress: 1 }, "onProgress must be"],
    [null, "got null"],
  ])("refuse %j", (options, says) => {
    const parse = () => parseCsv("a,b\n1,2\n", options as CsvOptions);
    expect(parse).toThrow(OptionError);
    expect(parse).toThrow(says);
  });
});

describe("formatCsv()", () => {
  it("quotes what needs quotes and nothing else", () => {
    expect(
      formatCsv(
        ["a", "b b"],
        [
          ["x,y", 'say "hi"'],
          ["two\nlines", " padded "],
          ["plain", 0.1],
        ],
      ),
    ).toBe('a,b b\n"x,y","say ""hi"""\n"two\nlines"," padded "\nplain,0.1\n');
  });

  it("writes null as an empty cell, and an empty row so that it is read as one", () => {
    expect(formatCsv(["a", "b"], [[null, 1]])).toBe("a,b\n,1\n");
    expect(formatCsv(["a"], [[null], [1]])).toBe('a\n""\n1\n');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("rejects %s", (value) => {
    expect(() => formatCsv(["p"], [[1], [value]])).toThrow(`formatCsv(): row 2, column "p" is ${value}`);
  });

  it("rejects a row of another length", () => {
    expect(() => formatCsv(["a", "b"], [[1]])).toThrow("formatCsv(): row 1 has 1 cells, the header 2");
  });
});
