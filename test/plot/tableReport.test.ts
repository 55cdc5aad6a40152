import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { classificationFigures } from "../../src/plot/classificationSection.js";
import { columnsSection } from "../../src/plot/columnsSection.js";
import { confusionTables } from "../../src/plot/confusionTables.js";
import { dependenceChart } from "../../src/plot/dependenceChart.js";
import { gainAt } from "../../src/plot/gainsChart.js";
import { importanceChart } from "../../src/plot/importanceChart.js";
import { mistakesSection } from "../../src/plot/mistakesSection.js";
import { readingSection } from "../../src/plot/readingSection.js";
import { all, named, parseMarkup, textOf } from "./markupTree.js";

const treeOf = (html: string) => parseMarkup(`<div>${html}</div>`);

const textsOf = (html: string, caption: string): string[][] => {
  const table = named(treeOf(html), "table").find((element) => textOf(element).trim().startsWith(caption));
  if (table === undefined) throw new Error(`no table ${caption}`);
  return named(table, "tr").map((row) => all(row, ({ name }) => name === "td" || name === "th").map(textOf));
};

describe("many classes", () => {
  it("names the pairs that are confused most, and the worst classes first", () => {
    const confusion = Matrix.from([
      [5, 1, 0],
      [4, 2, 0],
      [0, 0, 3],
    ]);
    const page = confusionTables(confusion, ["a", "b", "c"]).source;
    expect(page).toContain("10 of 15 examples are put in their own class, one of 3.");
    expect(textsOf(page, "Pairs").slice(1)).toEqual([
      ["b", "a", "4", "66.7 %"],
      ["a", "b", "1", "16.7 %"],
    ]);
    // By hand: F1 of a is 2·5 / (6 + 9), of b 2·2 / (6 + 3), of c 1.
    expect(textsOf(page, "Classes").slice(1)).toEqual([
      ["b", "6", "0.6667", "0.3333", "0.4444"],
      ["a", "6", "0.5556", "0.8333", "0.6667"],
      ["c", "3", "1.0000", "1.0000", "1.0000"],
    ]);
  });

  it.each([100, 300])("takes less than 200 kB for %i of them, all of which are confused", (K) => {
    const m = 60 * K;
    const [P, Y] = [Matrix.zeros(K, m), Matrix.zeros(K, m)];
    for (let j = 0; j < m; j++) {
      P.data[((j * 7) % K) * m + j] = 1;
      Y.data[((j + Math.floor(j / K)) % K) * m + j] = 1;
    }
    const classNames = Array.from({ length: K }, (_, k) => `a class of some name, ${k}`);
    expect(classificationFigures({ P, Y, threshold: 0.5, classNames }).source.length).toBeLessThan(200_000);
  });
});

describe("columns", () => {
  const mean = Matrix.from([[0.1, 0.6, 0.9]]);
  const report = {
    importance: Array.from({ length: 17 }, (_, i) => ({
      name: `<x${i}>`,
      importance: 1 / (i + 1),
      interval: [0.5 / (i + 1), 1.5 / (i + 1)] as const,
    })),
    dependence: [
      { name: "amount", kind: "number" as const, values: [1, 2, 30], mean },
      { name: "day", kind: "date" as const, values: [0, 86_400_000, 10 * 86_400_000], mean },
      { name: "city", kind: "category" as const, values: ["Oslo & co", null, "(rare)"], mean },
    ],
    repeats: 5,
    rows: 2000,
    allRows: 10_000,
    averaged: 500,
  };
  const page = columnsSection(
    report,
    { task: "binary", target: "fraud", classNames: ["no", "yes"] },
    "on the test set",
  ).source;

  it("draws the strongest 15, tables all, and says how they were measured", () => {
    const text = textOf(treeOf(page));
    expect(text).toContain("5 times, measured on the test set, in 2,000 of 10,000 rows.");
    expect(text).toContain("2 weaker columns are not drawn.");
    expect(page.match(/<rect /g)).toHaveLength(2 * 15);
    const rows = textsOf(page, "Permutation importance");
    expect(rows).toHaveLength(18);
    expect(rows[1]).toEqual(["<x0>", "1", "0.5", "1.5"]);
    expect(rows[0][1]).toBe("rise of the log loss");
  });

  it("tables each value with what is predicted, dates as dates and missing ones by name", () => {
    expect(textsOf(page, "Partial dependence on day").slice(1)).toEqual([
      ["1970-01-01", "0.1"],
      ["1970-01-02", "0.6"],
      ["1970-01-11", "0.9"],
    ]);
    expect(textsOf(page, "Partial dependence on city").map(([name]) => name)).toEqual([
      "city",
      "Oslo & co",
      "(missing)",
      "(rare)",
    ]);
  });

  it("of several classes draws the four that change most, in the order of the classes", () => {
    const several = Matrix.from([
      [0.1, 0.1],
      [0.5, 0.1],
      [0.1, 0.3],
      [0.1, 0.2],
      [0.1, 0.15],
      [0.1, 0.15 + 1e-9],
    ]);
    const dependence = [{ name: "x", kind: "number" as const, values: [1, 2], mean: several }];
    const names = { task: "multiclass", target: "kind", classNames: ["a", "b", "c", "d", "e", "f"] } as const;
    const drawn = columnsSection({ ...report, dependence }, names, "on the test set").source;
    expect(textsOf(drawn, "Partial dependence on x")[0]).toEqual(["x", "b", "c", "d", "f"]);
    expect(drawn).toContain("Drawn are the 4 of 6 classes that change most.");
  });

  it("draws a column of one value, and bars below 0", () => {
    const one = { name: "x", kind: "number" as const, values: [3], mean: Matrix.from([[0.5]]) };
    const outputs = [{ row: 0, name: "yes" }];
    expect(dependenceChart({ column: one, outputs, label: "p", span: [0.5, 0.5] })).toContain("</svg>");
    const bars = importanceChart([{ name: "x", importance: -0.1, interval: [-0.2, 0] }]);
    expect(bars).toContain("the most for x, −0.1");
  });
});

describe("gains", () => {
  it("by hand: half of a tie of two, one of which is of class 1", () => {
    const curve = { selected: [0, 0.5, 1], gain: [0, 0.8, 1], lift: [1.6, 1.6, 1], thresholds: [1, 0.5, 0.1] };
    expect(gainAt(curve, 0.25)).toBe(0.4);
    expect(gainAt(curve, 0.75)).toBe(0.9);
    expect(gainAt(curve, 1)).toBe(1);
  });
});

describe("mistakes and reading", () => {
  it("a row a mistake, with what names it", () => {
    const page = mistakesSection(
      {
        rows: [12, 3],
        truth: ["yes", "no"],
        predicted: ["no", "yes"],
        by: [0.0123, 0.4],
        columns: [{ name: "id", numeric: false, values: ["007", "<b>"] }],
      },
      { target: "fraud", numeric: false },
    ).source;
    expect(textsOf(page, "Largest mistakes")).toEqual([
      ["row", "fraud", "predicted", "probability of the truth", "id"],
      ["12", "yes", "no", "0.0123", "007"],
      ["3", "no", "yes", "0.4", "<b>"],
    ]);
  });

  it("says what was assumed, and what became of each column", () => {
    const columns = [{ name: "no", kind: "numbers", use: "left out: names the rows" }];
    const page = readingSection({ rows: 1200, assumed: ["semicolon-separated", "decimal comma"], columns }).source;
    expect(page).toContain("1,200 rows. It was read as: semicolon-separated; decimal comma.");
    expect(textsOf(page, "Columns")[1]).toEqual(["no", "numbers", "left out: names the rows"]);
    expect(readingSection({ rows: 2, assumed: [], columns }).source).toContain("nothing had to be assumed");
  });
});
