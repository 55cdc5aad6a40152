import { describe, expect, it } from "vitest";
import { costChart, type Series } from "../../src/plot/costChart.js";
import { type Element, named, numberOf, parseMarkup, textOf } from "./markupTree.js";

const line = (name: string, value: number, count = 20): Series => ({
  name,
  points: Array.from({ length: count }, (_, i) => [i, value] as const),
});

/** The corners of every line of a chart, one list a subpath. */
function linesOf(chart: Element): number[][][] {
  return named(chart, "path", "line")
    .filter(({ attributes }) => !attributes.has("style"))
    .map(({ attributes }) =>
      (attributes.get("d") ?? "")
        .split(/[ML]/)
        .filter(Boolean)
        .map((pair) => pair.replace("Z", "").split(",").map(Number)),
    );
}

describe("costChart", () => {
  it("names every line at its end, in its own colour and dash", () => {
    const chart = parseMarkup(costChart([line("train", 0.2), line("validation", 0.8)]));
    expect(named(chart, "text", "name").map(textOf)).toEqual(["train", "validation"]);
    const strokes = named(chart, "path", "line").map(({ attributes }) =>
      attributes.has("style") ? "" : `${attributes.get("stroke")} ${attributes.get("stroke-dasharray")}`,
    );
    expect(new Set(strokes.filter(Boolean)).size).toBe(2);
  });

  it("keeps the names of lines that end together apart, and inside the picture", () => {
    const chart = parseMarkup(costChart(Array.from({ length: 12 }, (_, i) => line(`run ${i}`, 0.5 + i * 1e-6))));
    const names = named(chart, "text", "name");
    const heights = names.map((name) => numberOf(name, "y")).sort((a, b) => a - b);
    expect(heights).toHaveLength(12);
    for (let k = 1; k < 12; k++) {
      // Text of 12 pixels needs 14; 0.02 is what two roundings to hundredths take away.
      expect(heights[k] - heights[k - 1]).toBeGreaterThanOrEqual(16 - 0.02);
    }
    expect(heights[0]).toBeGreaterThan(40);
    expect(heights[11]).toBeLessThan(numberOf(named(chart, "svg")[0], "height") - 20);
  });

  it("draws values to scale: a line that halves falls halfway to the axis", () => {
    const [[[, top], [, middle], [, bottom]]] = linesOf(
      parseMarkup(
        costChart([
          {
            name: "train",
            points: [
              [0, 1],
              [1, 0.5],
              [2, 0],
            ],
          },
        ]),
      ),
    );
    // Coordinates have one decimal.
    expect(middle).toBeCloseTo((top + bottom) / 2, 0.5);
    expect(bottom).toBeGreaterThan(top + 100);
  });

  it("draws equal ratios alike on a logarithmic axis", () => {
    const points = [
      [0, 1000],
      [1, 10],
      [2, 0.1],
    ] as const;
    const [[[, top], [, middle], [, bottom]]] = linesOf(
      parseMarkup(costChart([{ name: "train", points }], { yScale: "log" })),
    );
    expect(middle).toBeCloseTo((top + bottom) / 2, 0.5);
    const ticks = named(parseMarkup(costChart([{ name: "a", points }], { yScale: "log" })), "text", "quiet").map(
      textOf,
    );
    expect(ticks).toEqual(expect.arrayContaining(["0.1", "1", "10", "100", "1,000", "cost, logarithmic"]));
  });

  it("breaks a line where a value is not finite, and shows a point that stands alone", () => {
    const points = [
      [0, 1],
      [1, 2],
      [2, Number.NaN],
      [3, 3],
      [4, Number.POSITIVE_INFINITY],
      [5, 1],
      [6, 2],
    ] as const;
    const chart = parseMarkup(costChart([{ name: "train", points }]));
    const [curve, dots] = named(chart, "path", "line");
    // Three stretches: points 0 and 1, point 3, points 5 and 6.
    expect((curve.attributes.get("d") ?? "").match(/M/g)).toHaveLength(3);
    expect((dots.attributes.get("d") ?? "").match(/M/g)).toHaveLength(1);
    expect(textOf(named(chart, "desc")[0])).toContain("with 2 values not finite");
  });

  it("says so in words where a series has no finite value at all", () => {
    const chart = parseMarkup(costChart([{ name: "train", points: [[0, Number.NaN]] }]));
    expect(textOf(named(chart, "desc")[0])).toContain("train has no finite value");
    expect(named(chart, "text", "name").map(textOf)).toEqual(["train"]);
  });

  it("thins 100,000 points to 1,000 at most", () => {
    const points = Array.from({ length: 100_000 }, (_, i) => [i, Math.exp(-i / 30_000)] as const);
    const [corners] = linesOf(parseMarkup(costChart([{ name: "train", points }])));
    expect(corners.length).toBeGreaterThan(300);
    expect(corners.length).toBeLessThanOrEqual(1000);
  });

  it("marks the best moment inside the frame, its label clear of the axis title and the edge", () => {
    for (const x of [-5, 0, 1, 10, 19, 100]) {
      const chart = parseMarkup(costChart([line("train", 1)], { best: { x, label: "best: epoch 29" }, width: 344 }));
      const label = named(chart, "text", "middle").find((text) => textOf(text) === "best: epoch 29");
      if (!label) throw new Error("no label");
      expect(numberOf(label, "x")).toBeGreaterThan(80);
      expect(numberOf(label, "x")).toBeLessThan(300);
      expect(textOf(named(chart, "desc")[0])).toContain("Marked: best: epoch 29.");
    }
  });

  it("is drawn without any series", () => {
    expect(named(parseMarkup(costChart([])), "svg")).toHaveLength(1);
  });

  it("starts at 0 so that heights can be compared, unless all values lie in the upper half", () => {
    const ticks = (values: readonly number[]): string[] =>
      named(parseMarkup(costChart([{ name: "a", points: values.map((y, i) => [i, y] as const) }])), "text", "end").map(
        textOf,
      );
    expect(ticks([0.9, 0.1])).toContain("0.0");
    expect(ticks([0.98, 0.9])).not.toContain("0.00");
  });
});
