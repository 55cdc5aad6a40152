import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exp } from "../../src/numeric/exp.js";
import { expm1 } from "../../src/numeric/expm1.js";
import { gated } from "../../src/numeric/gated.js";
import { gaussian } from "../../src/numeric/gaussian.js";
import { log1p } from "../../src/numeric/log1p.js";
import { normalCdf } from "../../src/numeric/normalCdf.js";
import { normalDensity } from "../../src/numeric/normalDensity.js";
import { sigmoid, sigmoidDerivative } from "../../src/numeric/sigmoid.js";
import { cos, sin } from "../../src/numeric/sinCos.js";
import { softplus } from "../../src/numeric/softplus.js";
import { tanh } from "../../src/numeric/tanh.js";
import { tanhSoftplus, tanhSoftplusDerivative } from "../../src/numeric/tanhSoftplus.js";

/** Arguments with correctly rounded values, made by test/fixtures/numeric.py. */
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

describe("functions of the smooth activations", () => {
  const { NaN: nan, POSITIVE_INFINITY: infinity, MIN_VALUE: least, MAX_VALUE: most } = Number;

  it.each([
    ["gaussian", gaussian, 1],
    ["expm1", expm1, 2],
    ["softplus", softplus, 2],
    ["sigmoid", sigmoid, 2],
    ["sigmoidDerivative", sigmoidDerivative, 2],
    ["tanhSoftplus", tanhSoftplus, 2],
    ["normalCdf", normalCdf, 2],
    ["normalDensity", normalDensity, 2],
    // e² has twice the error of e.
    ["tanhSoftplusDerivative", tanhSoftplusDerivative, 6],
  ] as const)("%s stays near the correctly rounded value", (name, f, bound) => {
    expect(table[name].length).toBeGreaterThan(400);
    expect(worst(name, f)).toBeLessThanOrEqual(bound);
  });

  it("have their exact values at 0, and −0 stays −0 where it is a zero", () => {
    expect([sigmoid(0), sigmoidDerivative(0), softplus(0), gaussian(0), normalCdf(0), normalCdf(-0)]).toEqual([
      0.5,
      0.25,
      Math.LN2,
      1,
      0.5,
      0.5,
    ]);
    // tanh(log 2) = (4 − 1)/(4 + 1), and its derivative is (1 − 0.6²)/2.
    expect([tanhSoftplus(0), tanhSoftplusDerivative(0), normalDensity(0)]).toEqual([
      0.6,
      0.32,
      1 / Math.sqrt(2 * Math.PI),
    ]);
    for (const x of [0, -0, least, -least, 2 ** -60, -(2 ** -1030)]) expect(expm1(x)).toBe(x);
  });

  it("have their limits, and reach them without overflow", () => {
    for (const z of [infinity, most, 1e4]) {
      expect([sigmoid, tanhSoftplus, normalCdf].map((f) => [f(z), f(-z)])).toEqual([
        [1, 0],
        [1, 0],
        [1, 0],
      ]);
      for (const f of [sigmoidDerivative, tanhSoftplusDerivative, gaussian, normalDensity]) {
        expect([f(z), f(-z)]).toEqual([0, 0]);
      }
      expect([softplus(z), softplus(-z)]).toEqual([z, 0]);
      expect([expm1(z), expm1(-z)]).toEqual([infinity, -1]);
    }
    expect(softplus(1000)).toBe(1000);
  });

  it("keep NaN", () => {
    for (const f of [
      expm1,
      sigmoid,
      sigmoidDerivative,
      softplus,
      tanhSoftplus,
      tanhSoftplusDerivative,
      gaussian,
      normalCdf,
      normalDensity,
    ]) {
      expect(f(nan)).toBeNaN();
    }
    expect([gated(nan, 1), gated(1, nan), gated(nan, nan)]).toEqual([nan, nan, nan]);
  });

  it("round subnormal results once", () => {
    // In units of the smallest number, by mpmath: Φ(−38.4) = 13.36, Φ(−38.48) = 0.62, Φ(−38.5) = 0.29; e^(−38.5²/2) = 27.52,
    // e^(−38.6²/2) = 0.58, e^(−38.61²/2) = 0.40; e⁻⁷⁴⁰ = 84.78, e⁻⁷⁴⁵ = 0.57.
    expect([-38.4, -38.48, -38.5].map((z) => normalCdf(z) / least)).toEqual([13, 1, 0]);
    expect([38.5, 38.6, 38.61].map((z) => gaussian(z) / least)).toEqual([28, 1, 0]);
    for (const f of [sigmoid, softplus, tanhSoftplus]) expect([f(-740), f(-745)]).toEqual([85 * least, least]);
  });

  it("a shut gate lets nothing through, not even −∞", () => {
    expect([gated(-infinity, 0), gated(infinity, 0), gated(2, 0.25), gated(infinity, 1)]).toEqual([
      0,
      0,
      0.5,
      infinity,
    ]);
    expect(Object.is(gated(-0, 0.5), -0)).toBe(true);
    for (const gate of [sigmoid, tanhSoftplus, normalCdf]) {
      expect([gated(-infinity, gate(-infinity)), gated(infinity, gate(infinity))]).toEqual([0, infinity]);
    }
  });
});
