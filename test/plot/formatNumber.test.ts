import { describe, expect, it } from "vitest";
import { formatMetric, formatNumber, formatPower } from "../../src/plot/formatNumber.js";

describe("formatNumber", () => {
  it.each([
    [0, "0"],
    [-0, "0"],
    [0.123456, "0.1235"],
    [-0.5, "−0.5"],
    [1234567, "1,234,567"],
    [1773.5859, "1,774"],
    [0.00012346, "0.0001235"],
    [1.1902695126338933e-7, "1.19e−7"],
    [-2.5e-10, "−2.5e−10"],
    [1e9, "1e9"],
    [1.5e300, "1.5e300"],
    [Number.POSITIVE_INFINITY, "∞"],
    [Number.NEGATIVE_INFINITY, "−∞"],
    [Number.NaN, "not a number"],
  ])("%d is %s", (value, text) => expect(formatNumber(value)).toBe(text));

  it("takes the number of digits", () => {
    expect(formatNumber(Math.LN2, 10)).toBe("0.6931471806");
    expect(formatNumber(1.1902695126338933e-7, 10)).toBe("1.190269513e−7");
  });

  it("rounds no digit of a count away", () => expect(formatNumber(123456, 2)).toBe("123,456"));
});

describe("formatMetric", () => {
  it.each([
    [1, "1.0000"],
    [0, "0.0000"],
    [0.96, "0.9600"],
    [-0.25, "−0.2500"],
    [0.00012, "0.00012"],
    [123456.78, "123,460"],
  ])("%d is %s", (value, text) => expect(formatMetric(value)).toBe(text));
});

describe("formatPower", () => {
  it.each([
    [100, "100"],
    [0.02, "0.02"],
    [1e-7, "10⁻⁷"],
    [2e8, "2×10⁸"],
    [1e12, "10¹²"],
  ])("%d is %s", (value, text) => expect(formatPower(value)).toBe(text));
});
