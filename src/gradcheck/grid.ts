/** The grid on which the values of a cost lie, where it is coarser than that of doubles. */
export interface Grid {
  /** 10 for numbers that were printed and read again, 2 for those of a shorter floating-point format. */
  readonly base: 2 | 10;
  /** Most significant digits of a value, in that base. */
  readonly digits: number;
  /** Exponent of the last digit: `base ** exponent` is the finest spacing. */
  readonly exponent: number;
  /** Whether the number of digits is what is fixed, and not that of decimals; `undefined` where the values do not tell. */
  readonly floats: boolean | undefined;
}

/** Digits a double has, by base: fewer than that only now and then. */
const digitsOfDouble = { 2: 53, 10: 16 } as const;
/** Digits that have to be missing, in all, from the distinct values: by luck that happens once in 10¹² times. */
const enoughMissing = { 2: 40, 10: 12 } as const;
/** So many distinct values are asked for: a cost may stand still at a round number, or have two values. */
const fewestValues = 3;
/** In so many values a last digit is seen. */
const severalValues = 3;

/** The grid on which a cost's values at places chosen at random lie; `undefined` for doubles with all their digits. */
export function gridOf(values: readonly number[]): Grid | undefined {
  const distinct = [...new Set(values)].filter((value) => Number.isFinite(value) && value !== 0);
  if (distinct.length < fewestValues) return undefined;
  for (const base of [10, 2] as const) {
    const places = distinct.map((value) => placesOf(base, value));
    const digits = Math.max(...places.map(({ first, last }) => first - last + 1));
    // One value with all digits is enough to show that there is no grid.
    if (digits > digitsOfDouble[base] - 2) continue;
    const missing = places.reduce((sum, { first, last }) => sum + digitsOfDouble[base] - (first - last + 1), 0);
    if (missing < enoughMissing[base]) continue;
    const exponent = Math.min(...places.map(({ last }) => last));
    return { base, digits, exponent, floats: doesFloat(places) };
  }
  return undefined;
}

/** First and last significant digit. */
interface Places {
  readonly first: number;
  readonly last: number;
}

/**
 * Whether large values end at a higher place than small ones, told by the two sizes that most values have. A last digit may be 0
 * and is not seen then, but not in several values.
 */
function doesFloat(places: readonly Places[]): boolean | undefined {
  const sizes = new Map<number, number[]>();
  for (const { first, last } of places) sizes.set(first, [...(sizes.get(first) ?? []), last]);
  const [one, other] = [...sizes].sort(([, a], [, b]) => b.length - a.length);
  if (other === undefined) return undefined;
  const [small, large] = one[0] < other[0] ? [one[1], other[1]] : [other[1], one[1]];
  const isHigher = Math.min(...large) > Math.min(...small);
  return (isHigher ? large : small).length < severalValues ? undefined : isHigher;
}

/** Whether all values have few decimal digits. */
export function areShort(values: readonly number[], digits: number): boolean {
  return values.every((value) => {
    const { first, last } = placesOf(10, value);
    return first - last < digits;
  });
}

/** Distance of neighbours on a grid, up to the size of a value. */
export function spacingAt({ base, digits, exponent, floats }: Grid, value: number): number {
  const first = value === 0 ? exponent : placesOf(base, value).first;
  return base ** (floats === false ? exponent : Math.max(exponent, first - digits + 1));
}

/** Exponents of the first and the last significant digit. */
function placesOf(base: Grid["base"], value: number): Places {
  if (base === 10) {
    const [mantissa, exponent] = value.toExponential().split("e");
    const first = Number(exponent);
    return { first, last: first - mantissa.replace(/[-.]/g, "").length + 1 };
  }
  const first = Math.floor(Math.log2(Math.abs(value)));
  let last = first;
  for (let rest = (Math.abs(value) / 2 ** first) % 1; rest !== 0; last--) rest = (rest * 2) % 1;
  return { first, last };
}
