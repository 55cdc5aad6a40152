/** Part of a list that a predicate holds for. */
export function share<T>(list: readonly T[], predicate: (item: T) => boolean): number {
  return list.length === 0 ? Number.NaN : list.filter(predicate).length / list.length;
}

/** A share in percent, neither 0 nor 100 when it is not. */
export function percent(value: number): string {
  if (Number.isNaN(value)) return "–";
  const rounded = (100 * value).toFixed(2);
  if (value > 0 && rounded === "0.00") return "< 0.01 %";
  if (value < 1 && rounded === "100.00") return "> 99.99 %";
  return `${Number(rounded)} %`;
}

/** A whole number with commas. */
export function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
