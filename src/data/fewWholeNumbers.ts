/** More values than these are quantities. */
export const mostWholeClasses = 20;

/** The whole numbers of a target that may be classes as well as quantities: grades, ratings, counts. */
export interface WholeNumbers {
  /** How many there are that differ, 3 … 20. */
  readonly count: number;
  readonly least: number;
  readonly most: number;
}

/** What a target's values are where they are few whole numbers, each of two rows on average; of two numbers there is no doubt. */
export function fewWholeNumbers(values: ArrayLike<number>): WholeNumbers | undefined {
  const distinct = new Set<number>();
  for (let i = 0; i < values.length; i++) {
    if (!Number.isInteger(values[i])) return undefined;
    distinct.add(values[i]);
    if (distinct.size > mostWholeClasses) return undefined;
  }
  const count = distinct.size;
  if (count < 3 || count > values.length / 2) return undefined;
  return { count, least: Math.min(...distinct), most: Math.max(...distinct) };
}
