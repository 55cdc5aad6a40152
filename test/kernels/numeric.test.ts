import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exp } from "../../src/numeric/exp.js";
import { expm1 } from "../../src/numeric/expm1.js";
import { gated } from "../../src/numeric/gated.js";
import { gaussian } from "../../src/numeric/gaussian.js";
import { log } from "../../src/numeric/log.js";
import { log1p } from "../../src/numeric/log1p.js";
import { normalCdf } from "../../src/numeric/normalCdf.js";
import { normalDensity } from "../../src/numeric/normalDensity.js";
import { sigmoid, sigmoidDerivative } from "../../src/numeric/sigmoid.js";
import { softplus } from "../../src/numeric/softplus.js";
import { tanh } from "../../src/numeric/tanh.js";
import { tanhSoftplus, tanhSoftplusDerivative } from "../../src/numeric/tanhSoftplus.js";
import { RandomState } from "../../src/random/randomState.js";
import { kernelParts } from "./parts.js";

/** Arguments with correctly rounded values, made by test/fixtures/numeric.py. */
const table = JSON.parse(readFileSync(new URL("../fixtures/numeric.json", import.meta.url), "utf8")) as Record<
  string,
  [x: number, y: number][]
>;

const parts = kernelParts();

/** The code of each function in kernels/numericExports.ts, and what it computes in float64: src/numeric/. */
const functions = {
  exp: [parts.constant("EXP"), exp],
  log1p: [parts.constant("LOG1P"), log1p],
  log: [parts.constant("LOG"), log],
  tanh: [parts.constant("TANH"), tanh],
  sigmoid: [parts.constant("SIGMOID"), sigmoid],
  expm1: [parts.constant("EXPM1"), expm1],
  softplus: [parts.constant("SOFTPLUS"), softplus],
  sigmoidDerivative: [parts.constant("SIGMOID_DERIVATIVE"), sigmoidDerivative],
  tanhSoftplus: [parts.constant("TANH_SOFTPLUS"), tanhSoftplus],
  tanhSoftplusDerivative: [parts.constant("TANH_SOFTPLUS_DERIVATIVE"), tanhSoftplusDerivative],
  gaussian: [parts.constant("GAUSSIAN"), gaussian],
  normalCdf: [parts.constant("NORMAL_CDF"), normalCdf],
  normalDensity: [parts.constant("NORMAL_DENSITY"), normalDensity],
  exponential: [parts.constant("EXPONENTIAL"), exp],
  gated: [parts.constant("GATED"), (z: number) => gated(z, normalCdf(z))],
} as const;
type Name = keyof typeof functions;
/** What the smooth activations and their derivatives are made of. */
const smooth = [
  "expm1",
  "softplus",
  "sigmoid",
  "sigmoidDerivative",
  "tanhSoftplus",
  "tanhSoftplusDerivative",
  "gaussian",
  "normalCdf",
  "normalDensity",
] as const;

const from = 65_536;
const to = 524_288;

function map64(name: Name, x: ArrayLike<number>): Float64Array {
  const vectors = Math.ceil(x.length / 2);
  new Float64Array(parts.memory.buffer, from, x.length).set(x);
  parts.call("map64", functions[name][0], from, to, vectors);
  return new Float64Array(parts.memory.buffer, to, x.length).slice();
}

function map32(name: Name, x: ArrayLike<number>): Float32Array {
  const vectors = Math.ceil(x.length / 4);
  new Float32Array(parts.memory.buffer, from, x.length).set(x);
  parts.call("map32", functions[name][0], from, to, vectors);
  return new Float32Array(parts.memory.buffer, to, x.length).slice();
}

function ulp(y: number, digits: number): number {
  return 2 ** (Math.floor(Math.log2(Math.abs(y))) - digits);
}

const logistic: [number, number][] = [
  [-700, 350], // from 354 on, the derivative of tanh(softplus) is subnormal
  [-5, 5],
  [-1e-3, 1e-3],
  [-1e-9, 1e-9],
];
const normal: [number, number][] = [
  [-37.5, 37.5],
  [-4, 4],
  [-1e-3, 1e-3],
  [-1e-9, 1e-9],
];
/** Where each function is used. */
const ranges: Record<Name, [number, number][]> = {
  exp: [
    [-700, 40],
    [-1, 1],
    [-1e-3, 0],
  ],
  log1p: [
    [0, 1],
    [0, 1e-6],
    [0.4, 0.6],
  ],
  log: [
    [1, 2],
    [1, 1.001],
    [1, 2 ** 31],
  ],
  tanh: [
    [-20, 20],
    [-1, 1],
    [-1e-3, 1e-3],
    [-1e-9, 1e-9],
    [0.16, 0.18],
  ],
  sigmoid: logistic,
  expm1: [
    [-100, 40],
    [-1, 1],
    [-1e-3, 1e-3],
    [-1e-15, 1e-15],
  ],
  softplus: logistic,
  sigmoidDerivative: logistic,
  tanhSoftplus: logistic,
  tanhSoftplusDerivative: logistic,
  gaussian: normal,
  normalCdf: normal,
  normalDensity: normal,
  exponential: [
    [-708, 709.7],
    [-1, 1],
  ],
  gated: normal,
};

function samples([low, high]: [number, number], seed: number): Float64Array {
  const draws = new RandomState(seed).rand(1, 20_000).data;
  return Float64Array.from(draws, (u) => low + (high - low) * u);
}

describe("elementary functions of the kernels", () => {
  it.each(["exp", "log1p", "tanh"] as const)("%s stays within 2 ulp of the correctly rounded table", (name) => {
    // exp's kernel ends at the smallest normal number and at 40: softmax, sigmoid and tanh need no more.
    const rows = table[name].filter(([x]) => name !== "exp" || (x > -708 && x <= 40));
    expect(rows.length).toBeGreaterThan(500);
    const values = map64(
      name,
      rows.map(([x]) => x),
    );
    const worst = Math.max(...rows.map(([, y], k) => Math.abs(values[k] - y) / ulp(y, 52)));
    expect(worst).toBeLessThanOrEqual(name === "tanh" ? 2 : 1);
  });

  it.each(["exp", "exponential", "log1p", "tanh", "gated", ...smooth] as const)(
    "%s has the bits of src/numeric in float64",
    (name) => {
      for (const [seed, range] of ranges[name].entries()) {
        const x = samples(range, seed);
        expect(map64(name, x)).toEqual(Float64Array.from(x, functions[name][1]));
      }
    },
  );

  it("log stays within 2 ulp in float64", () => {
    for (const [seed, range] of ranges.log.entries()) {
      const x = samples(range, seed);
      const y = map64("log", x);
      // src/numeric/log is correctly rounded but for one argument in ten million.
      const worst = x.reduce(
        (most, v, k) => Math.max(most, v === 1 ? 0 : Math.abs(y[k] - log(v)) / ulp(log(v), 52)),
        0,
      );
      expect(worst).toBeLessThanOrEqual(2);
    }
  });

  it.each(["exp", "exponential", "log1p", "log", "tanh", ...smooth] as const)(
    "%s stays within 2 ulp in float32",
    (name) => {
      const narrowed = ranges[name].map(([low, high]): [number, number] => [Math.max(low, -87), Math.min(high, 87)]);
      for (const [seed, range] of narrowed.entries()) {
        const x = Float32Array.from(samples(range, seed));
        const y = map32(name, x);
        let worst = 0;
        for (const [k, v] of x.entries()) {
          const exact = Math.fround(functions[name][1](v)); // correctly rounded: float64 has 29 bits to spare
          // Smaller results than the smallest normal number are flushed to 0.
          if (Math.abs(exact) > 2 ** -125) worst = Math.max(worst, Math.abs(y[k] - exact) / ulp(exact, 23));
        }
        // The derivative of tanh(softplus) needs e², which has twice the error of e.
        expect(worst).toBeLessThanOrEqual(name === "tanhSoftplusDerivative" ? 6 : 2);
      }
    },
  );

  it.each(smooth)("%s has the bits of src/numeric where its method changes", (name) => {
    const x = table[name].map(([v]) => v).filter((v) => v <= 40 || name !== "expm1");
    expect(map64(name, x)).toEqual(Float64Array.from(x, functions[name][1]));
  });

  it("keeps NaN, infinities and signed zeros", () => {
    const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
    for (const map of [map64, map32]) {
      expect(Array.from(map("exp", [nan, -infinity, 0, -1e4]))).toEqual([nan, 0, 1, 0]);
      expect(Array.from(map("exponential", [nan, -infinity, infinity, 1e4]))).toEqual([nan, 0, infinity, infinity]);
      expect(Array.from(map("tanh", [nan, infinity, -infinity, -0]))).toEqual([nan, 1, -1, -0]);
      expect(Array.from(map("sigmoid", [nan, infinity, -infinity, 0]))).toEqual([nan, 1, 0, 0.5]);
      expect(Array.from(map("log1p", [nan, 0, 0, 0]))).toEqual([nan, 0, 0, 0]);
      expect(Array.from(map("log", [nan, infinity, 1, 1]))).toEqual([nan, nan, 0, 0]);
      expect(Array.from(map("expm1", [nan, -0, -infinity, -100]))).toEqual([nan, -0, -1, -1]);
      expect(Array.from(map("softplus", [nan, infinity, -infinity, 1000]))).toEqual([nan, infinity, 0, 1000]);
      for (const gate of ["tanhSoftplus", "normalCdf"] as const) {
        expect(Array.from(map(gate, [nan, infinity, -infinity, -1e5]))).toEqual([nan, 1, 0, 0]);
      }
      for (const bump of ["sigmoidDerivative", "tanhSoftplusDerivative", "gaussian", "normalDensity"] as const) {
        expect(Array.from(map(bump, [nan, infinity, -infinity, 1e5]))).toEqual([nan, 0, 0, 0]);
      }
      expect(Array.from(map("gated", [nan, infinity, -infinity, -0]))).toEqual([nan, infinity, 0, -0]);
    }
  });

  it("gives 0, never a subnormal number, where e^x is too small", () => {
    const x = [-708, -708.39, -708.4, -745];
    const y = Array.from(map64("exp", x));
    expect(y.map((v) => v === 0 || v >= 2 ** -1022)).toEqual([true, true, true, true]);
    expect(y[0]).toBe(exp(-708));
    expect(y[3]).toBe(0);
  });

  // All but expm1, whose results end at −1.
  it.each(smooth.slice(1))("%s gives 0, never a subnormal number", (name) => {
    // Around where the results end: e^−z, e^−2z and e^(−z²/2) below the normal numbers, in float64 and in float32.
    for (const [map, normalFrom, ends] of [
      [map64, 2 ** -1022, [354.2, 372, 37.52, 37.64, 38.5, 708.39, 745]],
      [map32, 2 ** -126, [43.67, 51, 12.9, 13.21, 14, 87.33, 103]],
    ] as const) {
      for (const end of ends) {
        const x = Array.from({ length: 400 }, (_, k) => (k < 200 ? 1 : -1) * (end + (k % 200) / 1000 - 0.1));
        const y = map(name, x);
        expect(y.findIndex((v) => !(v === 0 || v >= normalFrom))).toBe(-1);
      }
    }
  });
});
