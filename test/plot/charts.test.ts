import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { confusionChart } from "../../src/plot/confusionChart.js";
import { costChart } from "../../src/plot/costChart.js";
import { decisionBoundary } from "../../src/plot/decisionBoundary.js";
import { gradientHeatmap } from "../../src/plot/gradientHeatmap.js";
import { histogramChart } from "../../src/plot/histogramChart.js";
import { histogramRow } from "../../src/plot/histogramRow.js";
import { normChart } from "../../src/plot/normChart.js";
import { precisionRecallChart } from "../../src/plot/precisionRecallChart.js";
import { predictedChart } from "../../src/plot/predictedChart.js";
import { rocChart } from "../../src/plot/rocChart.js";
import { textWidth } from "../../src/plot/textWidth.js";
import { histogramOf } from "../histograms.js";
import { all, named, numberOf, parseMarkup, textOf } from "./markupTree.js";

/** Every chart, of the given name wherever a name goes, the given numbers wherever numbers go, and the given width. */
const charts: Readonly<Record<string, (name: string, values: readonly number[], width: number) => string>> = {
  costChart: (name, values, width) =>
    costChart(
      [
        { name, points: values.map((y, x) => [x, y] as const) },
        { name: `${name} 2`, points: values.map((y, x) => [x, 2 * y] as const) },
      ],
      { title: name, xLabel: name, yLabel: name, width, best: { x: 1, label: name } },
    ),
  "costChart, logarithmic": (name, values, width) =>
    costChart([{ name, points: values.map((y, x) => [x, y] as const) }], { yScale: "log", width }),
  decisionBoundary: (name, values, width) => {
    const train = {
      X: Matrix.from([values, values.map((value) => -value)]),
      Y: Matrix.row(values.map((_, j) => j % 2)),
      featureNames: [name, name],
      classNames: [name, name],
    };
    const grid = Matrix.from([
      [values[0] ?? 0.2, 0.9],
      [0.4, 0.5],
    ]);
    return decisionBoundary({ grid, x0: -1, x1: 2, y0: 0, y1: 1e-3 }, { train, test: train, title: name, width });
  },
  confusionChart: (name, values, width) =>
    confusionChart(Matrix.from(values.map((_, i) => values.map((_, j) => (i + j) * 100))), {
      title: name,
      classNames: values.map(() => name),
      width,
    }),
  rocChart: (name, values, width) => {
    const scores = [0.2, 0.9, ...values.filter((value) => !Number.isNaN(value))];
    return rocChart(Matrix.row(scores), Matrix.row(scores.map((_, j) => j % 2)), { title: name, width });
  },
  precisionRecallChart: (name, values, width) => {
    const scores = [0.2, 0.9, ...values.filter((value) => !Number.isNaN(value))];
    return precisionRecallChart(Matrix.row(scores), Matrix.row(scores.map((_, j) => j % 2)), { title: name, width });
  },
  predictedChart: (name, values, width) =>
    predictedChart(values, values.toReversed(), { title: name, target: name, width }),
  histogramChart: (name, values, width) => histogramChart(values, { title: name, xLabel: name, width }),
  histogramRow: (name, values, width) => {
    const panels = [values, values.slice(1), []].map((some) => ({
      label: name,
      histogram: histogramOf(some),
    }));
    return histogramRow(panels, { title: name, xLabel: name, shared: values.length % 2 === 0, width });
  },
  normChart: (name, values, width) =>
    normChart(
      values.map((value) => ({ name, value: Math.abs(value) })),
      { title: name, xLabel: name, width },
    ),
  gradientHeatmap: (name, values, width) =>
    gradientHeatmap(
      [
        { name, relativeErrors: Matrix.row(values) },
        { name, relativeErrors: Matrix.column(values) },
        { name, relativeErrors: Matrix.column(values), shape: [1, values.length, 1] },
      ],
      { title: name, width },
    ),
};

const HOSTILE = `</script><img src=x onerror="alert('1')">&amp;]]>--><!--`;

/** Parses a chart and checks what holds for all of them. */
function check(svg: string, width: number): void {
  const [sheet, ...others] = parseMarkup(svg).children;
  if (typeof sheet === "string") throw new Error("text before the chart");
  expect(others).toEqual([]);
  expect(sheet.name).toBe("svg");
  expect(sheet.attributes.get("role")).toBe("img");
  expect(numberOf(sheet, "width")).toBe(width);
  expect(sheet.attributes.get("viewBox")).toBe(`0 0 ${width} ${numberOf(sheet, "height")}`);
  const [title, description] = sheet.children.filter((child) => typeof child !== "string");
  expect([title.name, description.name]).toEqual(["title", "desc"]);
  expect(textOf(description).length).toBeGreaterThan(3);
  const shapes = all(sheet, ({ name }) => !["style", "title", "desc", "text"].includes(name));
  for (const { attributes } of shapes) {
    for (const value of attributes.values()) expect(value).not.toMatch(/NaN|Infinity|undefined|e\d/);
  }
  for (const text of named(sheet, "text").filter(({ attributes }) => !attributes.has("transform"))) {
    const [from, to] = span(text);
    // A drawn text may be a pixel wider than its estimate; the names of cells are placed by their cell.
    expect(from, textOf(text)).toBeGreaterThan(-1);
    expect(to, textOf(text)).toBeLessThan(width + 1);
    expect(numberOf(text, "y")).toBeLessThan(numberOf(sheet, "height"));
  }
}

/** Where a text begins and ends, by its class and its estimated width. */
function span(text: ReturnType<typeof named>[number]): [from: number, to: number] {
  const classes = text.attributes.get("class") ?? "";
  const width = textWidth(textOf(text));
  const x = numberOf(text, "x");
  if (classes.includes("end")) return [x - width, x];
  return classes.includes("middle") ? [x - width / 2, x + width / 2] : [x, x + width];
}

describe.each(Object.entries(charts))("%s", (_, draw) => {
  const usual = [0.9, 0.5, 0.7, 0.2, 0.4, 0.1];

  it("is one well-formed picture with a role, a title and a description", () => {
    check(draw("a name", usual, 344), 344);
    check(draw("a name", usual, 640), 640);
  });

  it("takes a hostile name as text", () => {
    const svg = draw(HOSTILE, usual, 344);
    check(svg, 344);
    expect(svg).not.toContain("<img");
    expect(svg).not.toContain("</script");
    expect(svg).not.toContain("<!--");
  });

  it("is drawn of one value, of equal values, of zeros, and of values that are no numbers", () => {
    for (const values of [[0.5], [0.7, 0.7, 0.7], [0, 0], [Number.NaN, Number.POSITIVE_INFINITY, 1]]) {
      check(draw("a name", values, 344), 344);
    }
  });

  it("needs nothing from outside", () => {
    const svg = draw("a name", usual, 344).replace('xmlns="http://www.w3.org/2000/svg"', "");
    expect(svg).not.toMatch(/https?:|url\(|href|@import|<script|\son\w+=/);
  });
});

it("whatever the names and numbers, every chart is well-formed", () => {
  const numbers = fc.array(fc.double(), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(charts)),
      fc.string({ unit: "binary" }),
      numbers,
      (draw, name, values) => {
        check(draw(name, values, 344), 344);
      },
    ),
    { numRuns: 300 },
  );
});
