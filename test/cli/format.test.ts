import { describe, expect, it } from "vitest";
import { formatNumber, formatPercent, formatSeconds, plural } from "../../src/cli/format.js";

describe("formatNumber()", () => {
  it.each([
    [0, "0"],
    [7, "7"],
    [1889, "1,889"],
    [100000, "100,000"],
    [Math.LN2, "0.6931"],
    [12.3456, "12.35"],
    [123456.7, "123,457"],
    [0.00001234, "1.234e-5"],
    [2.919335883291695e-10, "2.919e-10"],
    [1.5e300, "1.500e+300"],
    [Number.NaN, "NaN"],
    [Number.NEGATIVE_INFINITY, "-Infinity"],
  ])("%d is written %s", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe("formatPercent()", () => {
  it.each([
    [0.009, "0.9 %"],
    [0.5, "50 %"],
    [0, "0 %"],
    [1, "100 %"],
    [0.0001234, "0.01234 %"],
    [0.99994, "99.99 %"],
  ])("%d is written %s", (share, text) => {
    expect(formatPercent(share)).toBe(text);
  });
});

describe("formatSeconds()", () => {
  it.each([
    [0.04, "0 s"],
    [0.44, "0.4 s"],
    [9.97, "10 s"],
    [12.3, "12 s"],
    [59.6, "1 min 0 s"],
    [185, "3 min 5 s"],
    [7799, "2 h 10 min"],
  ])("%d is written %s", (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });
});

describe("plural()", () => {
  it("knows one from many", () => {
    expect([plural(1, "row"), plural(0, "row"), plural(2000, "row")]).toEqual(["1 row", "0 rows", "2,000 rows"]);
  });
});
