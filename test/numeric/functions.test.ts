import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exp } from "../../src/numeric/exp.js";
import { log1p } from "../../src/numeric/log1p.js";
import { cos, sin } from "../../src/numeric/sinCos.js";
import { tanh } from "../../src/numeric/tanh.js";

/** Arguments with correctly rounded values, made by test/fixtures/numeric.py with 60 digits. */
const table = JSON.parse(readFileSync(new URL("../fixtures/numeric.json", import.meta.url), "utf8")) as Record<
  string,
  [x: number, y: number][]
>;

/** The distance to the next float64. */
function ulp(y: number): number {
  const exponent = Math.floor(Math.log2(Math.abs(y)));
  return Math.max(2 ** (exponent - 52), Number.MIN_VALUE);
}

/** The largest error in ulp; near a zero of sine or cosine an ulp of 2⁻⁶ counts, for what is left of x there. */
function worst(name: string, f: (x: number) => number, least = 0): number {
  return Math.max(...table[name].map(([x, y]) => Math.abs(f(x) - y) / ulp(Math.max(Math.abs(y), least))));
}

describe("elementary functions", () => {
  // Against a correctly rounded value, an error below 1 ulp of the true one shows as 0 or 1.
  it("stay within 1 ulp: exp, log1p, sin, cos", () => {
    expect(worst("exp", exp)).toBeLessThanOrEqual(1);
    expect(worst("log1p", log1p)).toBeLessThanOrEqual(1);
    expect(worst("sin", sin, 2 ** -6)).toBeLessThanOrEqual(1);
    expect(worst("cos", cos, 2 ** -6)).toBeLessThanOrEqual(1);
  });

  it("stay within 2 ulp: tanh", () => {
    expect(worst("tanh", tanh)).toBeLessThanOrEqual(2);
  });

  it("have their exact values", () => {
    expect([exp(0), log1p(0), tanh(0), sin(0), cos(0)]).toEqual([1, 0, 0, 0, 1]);
    expect(Object.is(tanh(-0), -0)).toBe(true);
    expect(log1p(1)).toBe(Math.LN2);
    expect([tanh(30), tanh(-30), tanh(Number.POSITIVE_INFINITY), tanh(Number.NEGATIVE_INFINITY)]).toEqual([
      1, -1, 1, -1,
    ]);
  });

  it("overflow, underflow and pass NaN on as IEEE 754 has it", () => {
    // The largest float64 is e^709.7827…
    expect(exp(709.78) / Math.exp(709.78)).toBeCloseTo(1, 14);
    expect([exp(709.79), exp(1e308)]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
    // Subnormal results are rounded once: e^−745.1 is the smallest number there is, e^−746 is 0.
    expect([exp(-745.1), exp(-746), exp(Number.NEGATIVE_INFINITY)]).toEqual([Number.MIN_VALUE, 0, 0]);
    expect(exp(-720) / Math.exp(-720)).toBeCloseTo(1, 9);
    for (const f of [exp, log1p, tanh, sin, cos]) expect(f(Number.NaN)).toBeNaN();
  });
});
