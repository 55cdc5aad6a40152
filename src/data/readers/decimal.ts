const PLUS = 43;
const MINUS = 45;
const ZERO = 48;
/** `e` and `E` with this bit. */
const LOWER = 32;
const E = 101;

/** Powers of ten that float64 holds exactly. */
const powers = Float64Array.from({ length: 23 }, (_, k) => 10 ** k);

/**
 * The number that a decimal text stands for, correctly rounded: `1`, `+1.5`, `.5`, `1e3`; NaN for any other text, such as
 * `0x10`, `1,000`, `NaN`, blanks or nothing.
 *
 * Digits that make a whole number below 2⁵³, over a power of ten up to 10²², need one division of two exact numbers, which
 * rounds once. Everything else is left to the language. The bytes are read where they lie: to make a text of each cell
 * would take longer than all the rest.
 *
 * @param bytes of which those from `start` to before `end` are the text
 * @param mark the code of what stands before the decimals
 *
 * Source: W. Clinger, "How to read floating point numbers accurately" (PLDI 1990), §3.
 */
export function parseDecimal(bytes: Uint8Array, start: number, end: number, mark: number): number {
  if (start >= end) return Number.NaN;
  const sign = bytes[start];
  let i = sign === MINUS || sign === PLUS ? start + 1 : start;
  const first = i;
  let mantissa = 0;
  for (; i < end; i++) {
    const digit = bytes[i] - ZERO;
    if (digit < 0 || digit > 9) break;
    mantissa = mantissa * 10 + digit;
  }
  let digits = i - first;
  let decimals = 0;
  if (i < end && bytes[i] === mark) {
    const from = ++i;
    for (; i < end; i++) {
      const digit = bytes[i] - ZERO;
      if (digit < 0 || digit > 9) break;
      mantissa = mantissa * 10 + digit;
    }
    decimals = i - from;
    digits += decimals;
  }
  if (digits === 0) return Number.NaN;
  if (i < end) return isExponent(bytes, i, end) ? Number(asciiOf(bytes, start, end, mark)) : Number.NaN;
  // A whole number too large was rounded on the way, never to below 2⁵³.
  if (mantissa > Number.MAX_SAFE_INTEGER || decimals >= powers.length) {
    return Number(asciiOf(bytes, start, end, mark));
  }
  const value = mantissa / powers[decimals];
  return sign === MINUS ? -value : value;
}

/** Whether the rest of a text from `i` on is `e`, a sign or none, and digits. */
function isExponent(bytes: Uint8Array, i: number, end: number): boolean {
  if ((bytes[i] | LOWER) !== E) return false;
  const sign = bytes[i + 1];
  const from = sign === MINUS || sign === PLUS ? i + 2 : i + 1;
  for (let k = from; k < end; k++) {
    const digit = bytes[k] - ZERO;
    if (digit < 0 || digit > 9) return false;
  }
  return from < end;
}

/** The text, with a point for the mark. */
function asciiOf(bytes: Uint8Array, start: number, end: number, mark: number): string {
  let text = "";
  for (let i = start; i < end; i++) text += bytes[i] === mark ? "." : String.fromCharCode(bytes[i]);
  return text;
}
