import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HistogramPanel, histogramRow } from "../../src/plot/histogramRow.js";
import { textWidth } from "../../src/plot/textWidth.js";
import type { Histogram } from "../../src/training/histogram.js";
import { histogramOf } from "../histograms.js";
import { type Element, named, numberOf, parseMarkup, textOf } from "./markupTree.js";

const panel = (label: string, histogram: Histogram): HistogramPanel => ({ label, histogram });
const draw = (panels: readonly HistogramPanel[], options: { shared?: boolean; width?: number } = {}): Element =>
  parseMarkup(histogramRow(panels, { title: "A1", xLabel: "output", shared: true, width: 528, ...options }));

/** Left, right and height of the bars of each panel, in pixels above the axis. */
const barsOf = (sheet: Element): { left: number; right: number; height: number }[][] =>
  named(sheet, "path")
    .filter(({ attributes }) => attributes.get("fill") === "var(--accent)")
    .map(({ attributes }) =>
      [...(attributes.get("d") ?? "").matchAll(/M([\d.]+) ([\d.]+)V([\d.]+)H([\d.]+)V\2z/g)].map((match) => {
        const [left, bottom, top, right] = match.slice(1).map(Number);
        return { left, right, height: bottom - top };
      }),
    );
const texts = (sheet: Element): string[] => named(sheet, "text").map(textOf);

describe("histograms side by side", () => {
  it("draw shares on one y axis: panels of 8 and of 80 values with the same shares are alike", () => {
    const [few, many] = barsOf(
      draw([
        panel("start", { from: 0, to: 4, counts: [2, 1, 1, 4] }),
        panel("end", { from: 0, to: 4, counts: [20, 10, 10, 40] }),
      ]),
    );
    expect(few.map(({ height }) => height)).toEqual(many.map(({ height }) => height));
    // 4 of 8 is 2 times 2 of 8, 4 times 1 of 8; coordinates are rounded to 0.01 pixels.
    expect(few[3].height / few[0].height).toBeCloseTo(2, 2);
    expect(few[0].height / few[1].height).toBeCloseTo(2, 2);
  });

  it("share an x axis, or have each its own", () => {
    const panels = [
      panel("start", { from: 0, to: 8, counts: [1, 1] }),
      panel("end", { from: 0, to: 4, counts: [1, 1] }),
    ];
    const widths = (shared: boolean): number[] =>
      barsOf(draw(panels, { shared })).map((bars) => bars[1].right - bars[0].left);
    const [wide, half] = widths(true);
    // Between bars is a pixel, which belongs to none.
    expect((wide + 1) / (half + 1)).toBeCloseTo(2, 2);
    const [first, second] = widths(false);
    expect(first).toBeCloseTo(second, 2);
    expect(texts(draw(panels, { shared: true }))).not.toContain("4");
    expect(texts(draw(panels, { shared: false }))).toContain("4");
  });

  it("cut off a bar that towers above all others, and write its height beside it", () => {
    // 90 of 100 beside 5, 3 and 2: the axis goes a little beyond 5 %.
    const sheet = draw([panel("start", { from: 0, to: 4, counts: [90, 5, 3, 2] })]);
    const [bars] = barsOf(sheet);
    expect(texts(sheet)).toContain("90 %");
    expect(bars[0].height).toBe(96);
    expect(bars[1].height).toBeGreaterThanOrEqual(48);
    const plain = draw([panel("start", { from: 0, to: 4, counts: [50, 30, 15, 5] })]);
    expect(barsOf(plain)[0][0].height).toBeLessThanOrEqual(96);
    expect(named(plain, "path").some(({ attributes }) => attributes.has("style"))).toBe(false);
  });

  it("put a single value into the middle, with its number, and say where nothing is finite", () => {
    const sheet = draw([panel("start", { from: 3, to: 3, counts: [7] }), panel("end", histogramOf([]))], {
      shared: false,
    });
    const [[bar], none] = barsOf(sheet);
    expect(bar.right - bar.left).toBeCloseTo(3, 2);
    expect(none).toEqual([]);
    expect(texts(sheet)).toContain("3");
    expect(texts(sheet)).toContain("no finite values");
  });

  it("take values that differ by roundings for one", () => {
    const [bars] = barsOf(draw([panel("end", histogramOf([0.5, 0.5 + 2 ** -52, 0.5 + 2 ** -51]))]));
    expect(bars).toHaveLength(1);
  });

  it("say in words where most values are", () => {
    const sheet = draw([panel("start", { from: 0, to: 4, counts: [2, 1, 1, 4] }), panel("end", histogramOf([]))]);
    expect(textOf(named(sheet, "desc")[0])).toBe(
      "output, start: 8 values from 0 to 4, 50 % of them from 3 to 4; end: no finite values.",
    );
  });

  it("keep the labels below them apart, whatever the values", () => {
    const value = fc.oneof(fc.double({ noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }), fc.integer());
    const histogram = fc.array(value, { minLength: 1, maxLength: 8 }).map(histogramOf);
    fc.assert(
      fc.property(
        fc.array(histogram, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        fc.constantFrom(328, 528),
        (histograms, shared, width) => {
          const sheet = draw(
            histograms.map((some) => panel("start", some)),
            { shared, width },
          );
          const labels = named(sheet, "text").filter(({ attributes }) => attributes.get("class") === "quiet middle");
          const spans = labels.map((label) => {
            const half = textWidth(textOf(label)) / 2;
            return [numberOf(label, "x") - half, numberOf(label, "x") + half];
          });
          spans.sort((a, b) => a[0] - b[0]);
          for (let k = 1; k < spans.length; k++) expect(spans[k][0] - spans[k - 1][1]).toBeGreaterThan(7.9);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
