import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { gainsCurve } from "../../src/metrics/gainsCurve.js";

describe("gainsCurve", () => {
  it("by hand: 2 of 5 are of class 1, found first and third, and a tie is selected together", () => {
    // scores .9 (1), .7 (0), .5 (1) and .5 (0), .1 (0): after 1, 2, 4 and 5 examples 1, 1, 2 and 2 are found
    const { selected, gain, lift, thresholds } = gainsCurve(
      Matrix.row([0.5, 0.9, 0.1, 0.7, 0.5]),
      Matrix.row([1, 1, 0, 0, 0]),
    );
    expect(selected).toEqual([0, 0.2, 0.4, 0.8, 1]);
    expect(gain).toEqual([0, 0.5, 0.5, 1, 1]);
    expect(lift).toEqual([2.5, 2.5, 1.25, 1.25, 1]);
    expect(thresholds).toEqual([Number.POSITIVE_INFINITY, 0.9, 0.7, 0.5, 0.1]);
  });

  it("ends where all is selected and all is found, by chance from there on", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ score: fc.double({ noNaN: true, min: 0, max: 1 }), label: fc.constantFrom(0, 1) }), {
          minLength: 1,
        }),
        (examples) => {
          fc.pre(examples.some(({ label }) => label === 1));
          const curve = gainsCurve(
            Matrix.row(examples.map(({ score }) => score)),
            Matrix.row(examples.map(({ label }) => label)),
          );
          expect([curve.selected.at(-1), curve.gain.at(-1), curve.lift.at(-1)]).toEqual([1, 1, 1]);
          for (const [k, share] of curve.selected.entries()) {
            if (k === 0) continue;
            expect(share).toBeGreaterThan(curve.selected[k - 1]);
            expect(curve.gain[k]).toBeGreaterThanOrEqual(curve.gain[k - 1]);
          }
        },
      ),
    );
  });

  it("needs an example of class 1", () => {
    expect(() => gainsCurve(Matrix.row([0.5]), Matrix.row([0]))).toThrow("needs at least one example of class 1");
  });
});
