/** Error, relative to the gradient, of one computed in 32 bits: some dozen roundings of 6e-8, and what sums cancel. */
const ofSingle = 1e-5;

/**
 * Relative error a gradient may have from the precision it was computed in: 1e-5 for 32 bits, none to speak of for 64.
 *
 * A gradient is of 32 bits when all its numbers have at most 24 significant bits and one has more than 16, which round
 * numbers such as 0.5 or 3 have not.
 */
export function precisionOf(gradient: Float64Array): number {
  let long = false;
  for (const value of gradient) {
    if (Math.fround(value) !== value) return 0;
    long ||= !isShort(value);
  }
  return long ? ofSingle : 0;
}

/** Whether 16 significant bits hold a number: Dekker's splitting cuts the other 37 off. */
function isShort(value: number): boolean {
  const shifted = value * (2 ** 37 + 1);
  return shifted - (shifted - value) === value;
}
