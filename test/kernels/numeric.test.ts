import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exp } from "../../src/numeric/exp.js";
import { log } from "../../src/numeric/log.js";
import { log1p } from "../../src/numeric/log1p.js";
import { tanh } from "../../src/numeric/tanh.js";
import { scalarOf } from "../../src/ops/activation/activation.js";
import { sigmoid } from "../../src/ops/activation/sigmoid/sigmoid.js";
import { RandomState } from "../../src/random/randomState.js";
import { kernelParts } from "./parts.js";

/** Arguments with correctly rounded values, made by test/fixtures/numeric.py with 60 digits. */
const table = JSON.parse(readFileSync(new URL("../fixtures/numeric.json", import.meta.url), "utf8")) as Record<
  string,
  [x: number, y: number][]
>;

const parts = kernelParts();
const codes = { exp: 0, log1p: 1, log: 2, tanh: 3, sigmoid: 4 };
type Name = keyof typeof codes;

const from = 65_536;
const to = 524_288;

function map64(name: Name, x: ArrayLike<number>): Float64Array {
  const vectors = Math.ceil(x.length / 2);
  new Float64Array(parts.memory.buffer, from, x.length).set(x);
  parts.call("map64", codes[name], from, to, vectors);
  return new Float64Array(parts.memory.buffer, to, x.length).slice();
}

function map32(name: Name, x: ArrayLike<number>): Float32Array {
  const vectors = Math.ceil(x.length / 4);
  new Float32Array(parts.memory.buffer, from, x.length).set(x);
  parts.call("map32", codes[name], from, to, vectors);
  return new Float32Array(parts.memory.buffer, to, x.length).slice();
}

function ulp(y: number, digits: number): number {
  return 2 ** (Math.floor(Math.log2(Math.abs(y))) - digits);
}

/** What the kernels compute in float64, in plain sight: src/numeric/. */
const oracle: Record<Name, (x: number) => number> = { exp, log1p, log, tanh, sigmoid: scalarOf(sigmoid, {}).value };
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
  sigmoid: [
    [-700, 700],
    [-5, 5],
  ],
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

  it.each(["exp", "log1p", "tanh", "sigmoid"] as const)("%s has the bits of src/numeric in float64", (name) => {
    for (const [seed, range] of ranges[name].entries()) {
      const x = samples(range, seed);
      expect(map64(name, x)).toEqual(Float64Array.from(x, oracle[name]));
    }
  });

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

  it.each(["exp", "log1p", "log", "tanh", "sigmoid"] as const)("%s stays within 2 ulp in float32", (name) => {
    const narrowed = ranges[name].map(([low, high]): [number, number] => [Math.max(low, -87), Math.min(high, 87)]);
    for (const [seed, range] of narrowed.entries()) {
      const x = Float32Array.from(samples(range, seed));
      const y = map32(name, x);
      let worst = 0;
      for (const [k, v] of x.entries()) {
        const exact = Math.fround(oracle[name](v)); // correctly rounded: float64 has 29 bits to spare
        // Smaller results than the smallest normal number are flushed to 0.
        if (Math.abs(exact) > 2 ** -125) worst = Math.max(worst, Math.abs(y[k] - exact) / ulp(exact, 23));
      }
      expect(worst).toBeLessThanOrEqual(2);
    }
  });

  it("keeps NaN, infinities and signed zeros", () => {
    const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
    for (const map of [map64, map32]) {
      expect(Array.from(map("exp", [nan, -infinity, 0, -1e4]))).toEqual([nan, 0, 1, 0]);
      expect(Array.from(map("tanh", [nan, infinity, -infinity, -0]))).toEqual([nan, 1, -1, -0]);
      expect(Array.from(map("sigmoid", [nan, infinity, -infinity, 0]))).toEqual([nan, 1, 0, 0.5]);
      expect(Array.from(map("log1p", [nan, 0, 0, 0]))).toEqual([nan, 0, 0, 0]);
      expect(Array.from(map("log", [nan, infinity, 1, 1]))).toEqual([nan, nan, 0, 0]);
    }
  });

  it("gives 0, never a subnormal number, where e^x is too small", () => {
    const x = [-708, -708.39, -708.4, -745];
    const y = Array.from(map64("exp", x));
    expect(y.map((v) => v === 0 || v >= 2 ** -1022)).toEqual([true, true, true, true]);
    expect(y[0]).toBe(exp(-708));
    expect(y[3]).toBe(0);
  });
});
