import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { confusionChart } from "../../src/plot/confusionChart.js";
import { gradientHeatmap } from "../../src/plot/gradientHeatmap.js";
import { histogramBins, histogramChart } from "../../src/plot/histogramChart.js";
import { normChart } from "../../src/plot/normChart.js";
import { precisionRecallChart } from "../../src/plot/precisionRecallChart.js";
import { predictedChart } from "../../src/plot/predictedChart.js";
import { operatingIndex } from "../../src/plot/rateChart.js";
import { rocChart } from "../../src/plot/rocChart.js";
import { type Element, named, numberOf, parseMarkup, textOf } from "./markupTree.js";

const texts = (chart: Element): string[] => named(chart, "text").map(textOf);

describe("confusionChart", () => {
  const confusion = Matrix.from([
    [4930, 20],
    [15, 35],
  ]);

  it("prints each count and its share of the row", () => {
    // 4930 / 4950 = 99.6 %, 20 / 4950 = 0.4 %, 15 / 50 = 30 %, 35 / 50 = 70 %
    const chart = parseMarkup(confusionChart(confusion, { classNames: ["legitimate", "fraud"] }));
    expect(texts(chart)).toEqual(
      expect.arrayContaining(["4,930", "99.6 %", "20", "0.4 %", "15", "30.0 %", "35", "70.0 %", "legitimate", "fraud"]),
    );
    expect(textOf(named(chart, "desc")[0])).toBe("4,965 of 5,000 examples are put in their own class.");
  });

  it("shades by share, so that a rare class shows as well as a common one", () => {
    const shades = named(parseMarkup(confusionChart(confusion)), "rect")
      .map((rect) => rect.attributes.get("fill-opacity"))
      .filter(Boolean);
    // 0.4 × the share, to hundredths.
    expect(shades).toEqual(["0.4", "0", "0.12", "0.28"]);
  });

  it("drops the counts, then the names of columns, as cells get narrow", () => {
    const many = (classes: number): string[] =>
      texts(parseMarkup(confusionChart(Matrix.filled(classes, classes, 123))));
    expect(many(8).filter((text) => text === "123")).toHaveLength(64);
    expect(many(12).filter((text) => text === "123")).toHaveLength(0);
    expect(many(12).filter((text) => text === "class 11")).toHaveLength(2);
    expect(many(40).filter((text) => text === "class 11")).toHaveLength(1);
  });

  it("gives a class without examples a share of 0", () => {
    expect(
      texts(
        parseMarkup(
          confusionChart(
            Matrix.from([
              [0, 0],
              [1, 3],
            ]),
          ),
        ),
      ),
    ).toContain("0.0 %");
  });

  it("refuses a matrix that is not square", () => {
    expect(() => confusionChart(Matrix.zeros(2, 3))).toThrow("confusionChart(): needs a square matrix, got 2 × 3");
  });
});

describe("rocChart and precisionRecallChart", () => {
  // Above 0.5: .9 (class 1) and .6 (class 0), so recall 1/2, false alarms 1/2, precision 1/2.
  const P = Matrix.row([0.9, 0.6, 0.3, 0.1]);
  const Y = Matrix.row([1, 0, 1, 0]);

  it("print the area and the point of the threshold", () => {
    expect(texts(parseMarkup(rocChart(P, Y)))).toEqual(
      expect.arrayContaining(["area 0.7500", "above 0.5: recall 0.5000, false alarms 0.5000"]),
    );
    // ½ · 1 + ½ · ⅔ = 0.8333; half of the examples are of class 1.
    expect(texts(parseMarkup(precisionRecallChart(P, Y)))).toEqual(
      expect.arrayContaining([
        "area 0.8333 (average precision)",
        "chance, 0.5000",
        "above 0.5: recall 0.5000, precision 0.5000",
      ]),
    );
  });

  it("draw that point where its numbers say", () => {
    const chart = parseMarkup(rocChart(P, Y, { threshold: 0.2 }));
    // Above 0.2: all but .1, so recall 1 and false alarms ½: in the middle, at the top.
    const [point] = named(chart, "circle");
    const labels = named(chart, "text", "middle");
    const [zero, one] = ["0.0", "1.0"].map((text) =>
      numberOf(labels.find((label) => textOf(label) === text) ?? chart, "x"),
    );
    // The label 1.0 may give way to the edge of the sheet by a pixel.
    expect(Math.abs(numberOf(point, "cx") - (zero + one) / 2)).toBeLessThan(1);
    const top = named(chart, "text", "end").find((label) => textOf(label) === "1.0");
    expect(numberOf(point, "cy")).toBe(numberOf(top ?? chart, "y") - 4);
  });

  it("a threshold equal to a score does not predict it: only what is above counts", () => {
    expect(operatingIndex([Number.POSITIVE_INFINITY, 0.9, 0.5, 0.1], 0.5)).toBe(1);
    expect(operatingIndex([Number.POSITIVE_INFINITY, 0.9, 0.5, 0.1], 0.95)).toBe(0);
    expect(texts(parseMarkup(precisionRecallChart(P, Y, { threshold: 0.99 })))).toContain(
      "above 0.99: nothing is predicted positive",
    );
  });

  it("refuse one class only", () => {
    expect(() => rocChart(P, Matrix.row([1, 1, 1, 1]))).toThrow("rocCurve(): needs examples of both classes");
    expect(() => precisionRecallChart(P, Matrix.zeros(1, 4))).toThrow("needs at least one example of class 1");
  });
});

describe("histogramChart", () => {
  it("counts every finite value once, in bins of round width", () => {
    const values = [0, 0.1, 0.2, 0.25, 0.9, 1, Number.NaN, Number.POSITIVE_INFINITY];
    const bins = histogramBins(values);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(6);
    expect(bins[0].from).toBe(0);
    expect(bins.at(-1)?.to).toBe(1);
    expect(bins.find(({ from }) => from === 0.25)?.count).toBe(1);
    for (const { from, to } of bins) expect(to - from).toBeCloseTo(0.05, 12);
  });

  it("says how many values there are, their mean and standard deviation, and how many are not finite", () => {
    // mean 2; squares 1 + 0 + 1 over 3 − 1: sd 1
    const chart = parseMarkup(histogramChart([1, 2, 3, Number.NaN], { xLabel: "weight" }));
    expect(texts(chart)).toContain("3 values, mean 2, sd 1, 1 not finite");
    expect(textOf(named(chart, "desc")[0])).toBe("weight: 3 values, mean 2, sd 1, 1 not finite.");
  });

  it("draws bars in proportion", () => {
    const bars = named(parseMarkup(histogramChart([0, 0, 0, 0, 1])), "rect").map((bar) => numberOf(bar, "height"));
    expect(bars).toHaveLength(2);
    expect(bars[0] / bars[1]).toBeCloseTo(4, 2);
  });
});

describe("normChart", () => {
  it("makes a straight slope of norms that shrink by a factor", () => {
    const norms = [1e-6, 1e-4, 1e-2, 1].map((value, l) => ({ name: `dW${l + 1}`, value }));
    const widths = named(parseMarkup(normChart(norms)), "rect").map((bar) => numberOf(bar, "width"));
    const steps = [widths[1] - widths[0], widths[2] - widths[1], widths[3] - widths[2]];
    for (const step of steps) expect(step).toBeCloseTo(steps[0], 1);
    expect(widths[0]).toBeGreaterThan(0);
  });

  it("prints the values, and gives 0 and Infinity no bar", () => {
    const chart = parseMarkup(
      normChart([
        { name: "W1", value: 0 },
        { name: "W2", value: 3.25 },
        { name: "W3", value: Number.POSITIVE_INFINITY },
      ]),
    );
    expect(texts(chart)).toEqual(expect.arrayContaining(["0", "3.25", "∞"]));
    expect(named(chart, "rect").map((bar) => numberOf(bar, "width") > 0)).toEqual([false, true, false]);
  });

  it("is drawn without any norm", () => expect(named(parseMarkup(normChart([])), "svg")).toHaveLength(1));
});

describe("gradientHeatmap", () => {
  const fills = (errors: Matrix): (string | undefined)[] =>
    named(named(parseMarkup(gradientHeatmap([{ name: "W1", relativeErrors: errors }])), "g")[0], "rect").map(
      ({ attributes }) => attributes.get("fill"),
    );

  it("shades by order of magnitude, and what is no number as the worst", () => {
    expect(fills(Matrix.row([0, 1e-10, 1e-8, 1e-6, 1e-4, 1e-2, 0.5, Number.NaN]))).toEqual(
      [0, 0, 1, 2, 3, 4, 5, 5].map((shade) => `var(--heat-${shade})`),
    );
  });

  it("prints powers of ten, a dash for none and a cross for what is no number", () => {
    const errors = Matrix.row([0, 3e-8, 0.6, Number.NaN]);
    const chart = parseMarkup(gradientHeatmap([{ name: "W1", relativeErrors: errors }]));
    expect(named(named(chart, "g")[0], "text").map(textOf)).toEqual(["W1, 1 × 4", "–", "−8", "−1", "×"]);
  });

  it("draws a large block in tiles that hide no error", () => {
    const errors = Matrix.filled(100, 30, 1e-12);
    errors.set(77, 29, 0.5);
    // 100 rows in tiles of 3 × 3: 34 × 10
    expect(fills(errors)).toHaveLength(340);
    expect(fills(errors).filter((fill) => fill === "var(--heat-5)")).toHaveLength(1);
    errors.set(0, 0, Number.NaN);
    expect(fills(errors)[0]).toBe("var(--heat-5)");
  });

  it("draws an array of more axes as its matrices, a line for each index before the last", () => {
    const errors = Matrix.zeros(4, 2 * 3 * 3);
    errors.set(3, 9 + 4, 0.5); // [3, 1, 1, 1]
    const chart = parseMarkup(gradientHeatmap([{ name: "K", relativeErrors: errors, shape: [4, 2, 3, 3] }]));
    const [block] = named(chart, "g");
    const indices = named(block, "text").filter((text) => textOf(text).startsWith("["));
    expect(indices.map(textOf)).toEqual([0, 1, 2, 3].flatMap((i) => [0, 1].map((j) => `[${i}, ${j}, ·, ·]`)));
    // Three matrices would fit on a line of 344 pixels; two of them belong together.
    const lines = new Set(indices.map((text) => numberOf(text, "y")));
    expect(lines.size).toBe(4);
    const cells = named(block, "rect");
    expect(cells).toHaveLength(72);
    const at = cells.findIndex(({ attributes }) => attributes.get("fill") === "var(--heat-5)");
    expect(at).toBe(7 * 9 + 4);
    expect(numberOf(cells[at], "y")).toBeGreaterThan(numberOf(indices[7], "y"));
    expect(numberOf(cells[at], "x")).toBe(numberOf(indices[7], "x") + 26);
  });

  it("draws an array of too many matrices as one, with the largest error of each", () => {
    const errors = Matrix.filled(16, 8 * 4, 1e-12);
    errors.set(11, 5 * 4 + 2, 0.5); // [11, 5, 1, 0]
    errors.set(2, 3, Number.NaN);
    const chart = parseMarkup(gradientHeatmap([{ name: "K", relativeErrors: errors, shape: [16, 8, 2, 2] }]));
    const [block] = named(chart, "g");
    expect(textOf(named(block, "text")[0])).toBe("K, 16 × 8 × 2 × 2, the largest of each 2 × 2");
    const shades = named(block, "rect").map(({ attributes }) => attributes.get("fill"));
    expect(shades).toHaveLength(128);
    expect(shades.flatMap((fill, k) => (fill === "var(--heat-5)" ? [k] : []))).toEqual([2 * 8, 11 * 8 + 5]);
  });

  it("refuses a shape of another number of entries", () => {
    expect(() => gradientHeatmap([{ name: "K", relativeErrors: Matrix.zeros(2, 6), shape: [2, 2, 2] }])).toThrow(
      "K has 12 relative errors, its shape is 2 × 2 × 2",
    );
  });

  it("puts blocks side by side without overlap, and below each other where they do not fit", () => {
    const blocks = ["W1", "b1", "W2", "b2", "W3"].map((name, i) => ({ name, relativeErrors: Matrix.zeros(i + 1, 6) }));
    const chart = parseMarkup(gradientHeatmap(blocks));
    const boxes = named(chart, "g")
      .slice(0, 5)
      .map((block) => {
        const cells = named(block, "rect");
        const xs = cells.map((cell) => numberOf(cell, "x"));
        const ys = cells.map((cell) => numberOf(cell, "y"));
        return {
          left: Math.min(...xs),
          right: Math.max(...xs) + 26,
          top: Math.min(...ys) - 24,
          bottom: Math.max(...ys) + 26,
        };
      });
    for (const [i, a] of boxes.entries()) {
      expect(a.right).toBeLessThanOrEqual(344);
      for (const b of boxes.slice(i + 1)) {
        expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
      }
    }
  });
});

describe("predictedChart", () => {
  it("puts an exact prediction on the line", () => {
    const chart = parseMarkup(predictedChart([1, 3], [1, 3]));
    const [line, dots] = named(chart, "path")
      .filter(({ attributes }) => attributes.get("class") !== "axis")
      .slice(1);
    const [, x1, y1, x2, y2] =
      /M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)/.exec(line.attributes.get("d") ?? "")?.map(Number) ?? [];
    for (const [, x, y] of (dots.attributes.get("d") ?? "").matchAll(/M([\d.]+) ([\d.]+)/g)) {
      const t = (Number(x) + 3 - x1) / (x2 - x1);
      // Coordinates are rounded to hundredths.
      expect(Number(y)).toBeCloseTo(y1 + t * (y2 - y1), 1);
    }
  });

  it("refuses lists of different length", () => {
    expect(() => predictedChart([1], [1, 2])).toThrow("predictedChart(): got 1 predictions for 2 targets");
  });
});
