import { requireNumber } from "../constraint/constraint.js";

const DECIMAL = new Intl.NumberFormat("en-US", { maximumFractionDigits: 20 });

/**
 * A number as a reader wants it: rounded to `digits` significant ones, thousands grouped, very large and very small ones in
 * powers of ten, the minus sign as typographers set it.
 *
 * @example
 * import { formatNumber } from "gradproof/report";
 * formatNumber(1234567); // => "1,234,567"
 * formatNumber(-0.000012345, 2); // => "−1.2e−5"
 */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e9) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
    const trimmed = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
    return withMinus(`${trimmed}e${exponent.replace("+", "")}`);
  }
  // Whole numbers are counts: none of their digits is rounded away.
  const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(digits));
  return withMinus(DECIMAL.format(rounded));
}

/** A metric with four decimals, so that a column of them lines up. */
export function formatMetric(value: number): string {
  const size = Math.abs(value);
  const plain = value === 0 || (size >= 1e-3 && size < 1e3);
  return plain ? withMinus(value.toFixed(4)) : formatNumber(value, 5);
}

/**
 * A tick of a logarithmic axis, one digit times a power of ten: 0.02, 100, 10⁻⁷, 2×10⁸.
 *
 * @param value above 0
 *
 * @example
 * import { formatPower } from "gradproof/report";
 * formatPower(1e-7); // => "10⁻⁷"
 */
export function formatPower(value: number): string {
  requireNumber("formatPower(): value", value, { kind: "number", above: 0 });
  if (value >= 1e-3 && value < 1e6) return formatNumber(value);
  const [digit, exponent] = value.toExponential(0).split("e");
  const power = [...exponent.replace("+", "")].map((c) => SUPERSCRIPTS["-0123456789".indexOf(c)]).join("");
  return digit === "1" ? `10${power}` : `${digit}×10${power}`;
}

/**
 * A tick of a linear axis: as many decimals as the step between ticks has, and powers of ten where the axis is that small or
 * large.
 *
 * @param largest of the axis, without its sign
 */
export function formatStep(value: number, step: number, largest: number): string {
  if (value === 0 && (largest < 1e-3 || largest >= 1e7)) return "0";
  if (largest < 1e-3 || largest >= 1e7) {
    const digits = Math.max(0, exponentOf(largest) - exponentOf(step));
    const [mantissa, exponent] = value.toExponential(Math.min(digits, 15)).split("e");
    const trimmed = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
    return `${withMinus(trimmed)}e${exponent.replace("+", "")}`;
  }
  const decimals = Math.min(20, Math.max(0, -exponentOf(step)));
  // A sum with 0, since the sign of −0 would be written.
  return withMinus(
    (value + 0).toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
  );
}

function exponentOf(value: number): number {
  return Number(Math.abs(value).toExponential().split("e")[1]);
}

const SUPERSCRIPTS = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹";

function withMinus(text: string): string {
  return text.replaceAll("-", "−");
}
