import type { Dataset } from "../data/dataset.js";

/** Classes that are looked at, and examples of each among which to choose. */
const mostClasses = 16;
const mostOfEach = 64;

/**
 * Some examples of each class in turn, each as far as can be from those before it, so that none lies in the midst of
 * another class: farthest-first traversal (Rosenkrantz, Stearns & Lewis 1977).
 *
 * @param isRegression whether the targets are numbers: then there is one class
 * @returns columns of the data; fewer where not so many have different inputs
 */
export function farApart({ X, Y }: Dataset, count: number, isRegression: boolean): number[] {
  const classes = new Map<string, number[]>();
  for (let j = 0; j < X.columns; j++) {
    const label = isRegression ? "" : Array.from({ length: Y.rows }, (_, k) => Y.data[k * Y.columns + j]).join();
    const members = classes.get(label);
    if (members !== undefined) {
      if (members.length < mostOfEach) members.push(j);
    } else if (classes.size < mostClasses) {
      classes.set(label, [j]);
    }
  }
  /** Squared distance of a candidate from the nearest chosen one. */
  const distances = new Map([...classes.values()].flat().map((j) => [j, Number.POSITIVE_INFINITY]));
  const distance = (j: number): number => distances.get(j) ?? 0;
  const chosen: number[] = [];
  let open = [...classes.values()];
  for (let turn = 0; chosen.length < count && open.length > 0; turn++) {
    const members = open[turn % open.length];
    const farthest = members.reduce((a, b) => (distance(b) > distance(a) ? b : a));
    if (distance(farthest) > 0) {
      chosen.push(farthest);
      for (const [j, nearest] of distances) distances.set(j, Math.min(nearest, squaredDistance(X, j, farthest)));
    } else {
      open = open.filter((other) => other !== members);
    }
  }
  return chosen;
}

function squaredDistance({ data, rows, columns }: Dataset["X"], j: number, k: number): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += (data[i * columns + j] - data[i * columns + k]) ** 2;
  return sum;
}
