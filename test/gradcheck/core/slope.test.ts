import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measureSlope } from "../../../src/gradcheck/slope.js";
import { line, run } from "./helpers.js";

const unitRoundoff = 2 ** -53;

describe("the slope of a line", () => {
  it("is exact for a polynomial of degree 4, up to rounding", () => {
    // J(t) = 1 + 3t − 2t² + 5t³ − t⁴: D(h) = 3 + 5h², which one extrapolation takes away.
    const J = (t: number): number => 1 + 3 * t - 2 * t ** 2 + 5 * t ** 3 - t ** 4;
    const slope = run(measureSlope(line(J), { atPoint: 1, noise: 2 * unitRoundoff, expected: 3, scale: 1 }));
    expect(Math.abs(slope.value - 3)).toBeLessThanOrEqual(3 * slope.error);
    // The goal of eight digits.
    expect(slope.error).toBeLessThan(3e-8);
    expect(slope.jump).toBe(0);
  });

  it("finds the right step by itself for a line that bends within 1e-6", () => {
    const slope = run(
      measureSlope(
        line((t) => Math.sin(1e6 * t)),
        { atPoint: 0, noise: unitRoundoff, expected: 1e6, scale: 1 },
      ),
    );
    expect(Math.abs(slope.value - 1e6)).toBeLessThanOrEqual(3 * slope.error);
    expect(slope.error).toBeLessThan(0.1);
  });

  it("sees the jump of a kink at the point, and none of one beside it", () => {
    // Slopes −1 and 3: a jump of 4, and an average of 1.
    const kink = (t: number): number => (t < 0 ? -t : 3 * t);
    const facts = { atPoint: 0, noise: 1e-16, expected: 1, scale: 1 };
    const at = run(measureSlope(line(kink), facts));
    expect(at.jump).toBeCloseTo(4, 6);
    expect(at.value).toBeCloseTo(1, 6);
    const beside = run(
      measureSlope(
        line((t) => kink(t - 1e-3) + 1e-3),
        { ...facts, atPoint: kink(-1e-3) + 1e-3 },
      ),
    );
    expect(beside.jump).toBe(0);
    expect(Math.abs(beside.value - -1)).toBeLessThanOrEqual(3 * beside.error);
  });

  it("has no end of error where the cost has no value on one side", () => {
    const slope = run(
      measureSlope(
        line((t) => (t < 0 ? Number.NaN : t)),
        { atPoint: 0, noise: 1e-16, expected: 1, scale: 1 },
      ),
    );
    expect(slope.error).toBe(Number.POSITIVE_INFINITY);
  });

  it("steps back into the domain", () => {
    // log(1e-6 + t) ends at t = −1e-6; the slope is 1e6.
    const J = (t: number): number => Math.log(1e-6 + t);
    const slope = run(measureSlope(line(J), { atPoint: J(0), noise: 14 * unitRoundoff, expected: 1, scale: 1 }));
    expect(Math.abs(slope.value - 1e6)).toBeLessThanOrEqual(3 * slope.error);
    expect(slope.error).toBeLessThan(1);
  });

  it("is flat where nothing changes", () => {
    const slope = run(
      measureSlope(
        line(() => 7),
        { atPoint: 7, noise: 1e-15, expected: 0, scale: 1 },
      ),
    );
    expect(slope).toMatchObject({ value: 0, flat: true, jump: 0 });
  });

  it("holds the true slope of smooth functions within 3 error bars", () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(number, number, number, fc.double({ min: 0.1, max: 4, noNaN: true }), (a, b, c, w) => {
        const J = (t: number): number => 2 + a * Math.sin(w * t + b) + c * Math.exp(t / 2);
        const truth = a * w * Math.cos(b) + c / 2;
        // Three roundings of terms of up to 2 + |a| + |c|.
        const noise = 3 * unitRoundoff * (2 + Math.abs(a) + Math.abs(c));
        const facts = { atPoint: J(0), noise, expected: Math.abs(truth) + 1e-3, scale: 1 };
        const { value, error, jump } = run(measureSlope(line(J), facts));
        expect(jump).toBe(0);
        expect(Math.abs(value - truth)).toBeLessThanOrEqual(3 * error);
      }),
    );
  });
});
