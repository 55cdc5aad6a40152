import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Axis, linearAxis, logAxis, tightAxis } from "../../src/plot/axis.js";
import { textWidth } from "../../src/plot/textWidth.js";

const labels = (axis: Axis): string[] => axis.ticks.map((tick) => tick.label).filter(Boolean);

describe("linearAxis", () => {
  it("starts at 0 where that squeezes nothing, and ends on a round number", () => {
    const axis = linearAxis([0.07, 0.88], [200, 0]);
    expect(axis.place(0)).toBe(200);
    expect(labels(axis)).toEqual(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
  });

  it("leaves 0 out where all values lie in the upper half", () => {
    expect(linearAxis([0.9, 0.98], [200, 0]).place(0.9)).toBe(200);
  });

  it("gives a single value room, and numbers too small or large for decimals a power of ten", () => {
    expect(linearAxis([Math.LN2, Math.LN2], [200, 0]).ticks.length).toBeGreaterThan(1);
    expect(labels(linearAxis([1e-9, 4e-9], [200, 0]))).toEqual(["0", "1e-9", "2e-9", "3e-9", "4e-9"]);
  });

  it("shows 0 to 1 where there is nothing to show", () => {
    expect(labels(linearAxis([], [96, 0]))).toEqual(
      labels(linearAxis([Number.NaN, Number.POSITIVE_INFINITY], [96, 0])),
    );
  });
});

describe("tightAxis", () => {
  it("goes from the smallest to the largest value", () => {
    const axis = tightAxis([7, 3, 9], [0, 300]);
    expect([axis.place(3), axis.place(6), axis.place(9)]).toEqual([0, 150, 300]);
    expect(axis.place(Number.NaN)).toBeUndefined();
  });
});

describe("logAxis", () => {
  it("labels the powers of ten", () => {
    expect(labels(logAxis([0.07, 1773], [300, 0]))).toEqual(["0.1", "1", "10", "100", "1,000"]);
  });

  it("and 1, 2 and 5 where there are fewer than two powers", () => {
    expect(labels(logAxis([0.3, 6], [300, 0]))).toEqual(["0.5", "1", "2", "5"]);
  });

  it("places equal ratios at equal distances, and nothing at 0 and below", () => {
    const axis = logAxis([0.01, 100], [0, 400]);
    const [a, b, c] = [0.1, 1, 10].map((value) => axis.place(value) ?? Number.NaN);
    // 1e-9: logarithms round.
    expect(b - a).toBeCloseTo(c - b, 9);
    expect([0, -1, Number.NaN, Number.POSITIVE_INFINITY].map(axis.place)).toEqual(new Array(4).fill(undefined));
  });
});

describe("whatever the values", () => {
  const values = fc.array(fc.double(), { maxLength: 8 });
  const length = fc.integer({ min: 80, max: 1100 });
  const kinds = { linearAxis, tightAxis, logAxis };

  it.each(Object.keys(kinds) as (keyof typeof kinds)[])("%s keeps its ticks inside and its labels apart", (kind) => {
    fc.assert(
      fc.property(values, length, (some, size) => {
        const axis = kinds[kind](some, [0, size]);
        const labelled = axis.ticks.filter((tick) => tick.label);
        for (const { at } of axis.ticks) {
          // 1e-6 of a pixel: scales of float64 round.
          expect(at).toBeGreaterThan(-1e-6);
          expect(at).toBeLessThan(size + 1e-6);
        }
        for (let k = 1; k < labelled.length; k++) {
          const distance = Math.abs(labelled[k].at - labelled[k - 1].at);
          expect(distance).toBeGreaterThan((textWidth(labelled[k].label) + textWidth(labelled[k - 1].label)) / 2);
        }
        expect(axis.ticks.length).toBeLessThan(size);
      }),
    );
  });

  it("the last label keeps its distance though it may not reach far beyond the frame", () => {
    expect(labels(tightAxis([0, 14_000], [0, 728]))).toEqual(
      [0, 2, 4, 6, 8, 10, 12, 14].map((k) => (k ? `${k},000` : "0")),
    );
  });

  it("values are placed inside, in their order", () => {
    const finite = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }), {
      minLength: 2,
    });
    fc.assert(
      fc.property(finite, (some) => {
        const axis = linearAxis(some, [0, 100]);
        const places = some.toSorted((a, b) => a - b).map((value) => axis.place(value) ?? Number.NaN);
        for (const [k, place] of places.entries()) {
          expect(place).toBeGreaterThan(-1e-6);
          expect(place).toBeLessThan(100 + 1e-6);
          if (k > 0) expect(place).toBeGreaterThanOrEqual(places[k - 1]);
        }
      }),
    );
  });
});
