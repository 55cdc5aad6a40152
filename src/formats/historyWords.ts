/** What is said of a run's history that comes from a file, in English. */

interface Given {
  readonly where: string;
  readonly given: string;
}

export const historyWords = {
  "history.entries": ({ where, given }: Given) => `${where} must be an array of history entries, got ${given}`,
  "history.order": ({ where, before, iteration }: { where: string; before: number; iteration: number }) =>
    `${where}.iteration must be above ${before}, that of the entry before it, got ${iteration}`,
  "history.layers": ({ where, expected, found }: { where: string; expected: number; found: number }) =>
    `${where}.signals must be of ${expected} layers, as those before it, got ${found}`,
  "history.signals": ({ where, given }: Given) => `${where} must be an array of one object per layer, got ${given}`,
  "history.counts": ({ where, given }: Given) => `${where}.counts must be an array, got ${given}`,
  "history.mostBins": ({ where, most, found }: { where: string; most: number; found: number }) =>
    `${where}.counts must hold ${most} counts at most, got ${found}`,
  "history.bins": ({ where, given }: Given) => `${where}.counts must hold a count for each bin, got ${given}`,
  "history.oneBin": ({ where, given }: Given) =>
    `${where}.counts must hold one count at most, where from is to, got ${given}`,
  "summary.numbers": ({ where, given }: Given) => `${where} must be an object of numbers, got ${given}`,
};
