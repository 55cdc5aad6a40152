/** Numbers that people write for a missing value. */
const codes: ReadonlySet<number> = new Set([-9, -99, -999, -9999, -99999, 99, 999, 9999, 99999, 999999]);

/**
 * The number of a column that may stand for a missing value: one of −999 and its kind, at the end of the range, and farther
 * from all other values than these are from each other.
 */
export function suspectOf(values: Float64Array): { readonly value: number; readonly rows: number } | undefined {
  const [low, high] = rangeOf(values, Number.NaN);
  for (const value of [low, high]) {
    if (!codes.has(value)) continue;
    const [from, to] = rangeOf(values, value);
    const gap = value === low ? from - value : value - to;
    if (to > from && gap > to - from)
      return { value, rows: values.reduce((sum, one) => sum + Number(one === value), 0) };
  }
  return undefined;
}

/** The least and the largest value other than one. */
function rangeOf(values: Float64Array, without: number): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === without) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
