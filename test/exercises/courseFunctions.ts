import type { Plain } from "./plainSolution.js";

/** The course's functions over `number[][]`, written out as a student does, and with nothing of the library. */
export type Rows = number[][];

export const zip = (A: Rows, B: Rows, f: (a: number, b: number) => number): Rows =>
  A.map((row, i) => row.map((a, j) => f(a, B[i % B.length][j % B[i % B.length].length])));
export const each = (A: Rows, f: (a: number) => number): Rows => A.map((row) => row.map(f));
export const times = (A: Rows, B: Rows): Rows =>
  A.map((row) => B[0].map((_, j) => row.reduce((sum, a, k) => sum + a * B[k][j], 0)));
export const turned = (A: Rows): Rows => A[0].map((_, j) => A.map((row) => row[j]));
export const sumRows = (A: Rows): Rows => A.map((row) => [row.reduce((sum, a) => sum + a, 0)]);
export const scaled = (A: Rows, c: number): Rows => each(A, (a) => a * c);
export const plus = (A: Rows, B: Rows): Rows => zip(A, B, (a, b) => a + b);
export const relu = (A: Rows): Rows => each(A, (a) => Math.max(0, a));
export const sigmoid = (A: Rows): Rows => each(A, (a) => 1 / (1 + Math.exp(-a)));
export const squares = (A: Rows): number => A.flat().reduce((sum, a) => sum + a * a, 0);
export type Parameters = Record<string, Rows>;

export function entropy(A: Rows, Y: Rows): number {
  const m = Y[0].length;
  return -Y[0].reduce((sum, y, j) => sum + (y === 1 ? Math.log(A[0][j]) : Math.log(1 - A[0][j])), 0) / m;
}

function forward(X: Rows, p: Parameters): Parameters {
  const Z1 = plus(times(p.W1, X), p.b1);
  const A1 = relu(Z1);
  const Z2 = plus(times(p.W2, A1), p.b2);
  const A2 = relu(Z2);
  const Z3 = plus(times(p.W3, A2), p.b3);
  return { Z1, A1, W1: p.W1, b1: p.b1, Z2, A2, W2: p.W2, b2: p.b2, Z3, A3: sigmoid(Z3), W3: p.W3, b3: p.b3 };
}

/** The gradients of the course's backward passes. `tweak` puts another formula in the place of one by its name. */
export type Tweaks = Readonly<Record<string, (value: Rows, at: Parameters & { m: Rows }) => unknown>>;

export function backward(X: Rows, Y: Rows, c: Parameters, lambd = 0, keep?: number, tweaks: Tweaks = {}): Parameters {
  const m = X[0].length;
  const at: Parameters & { m: Rows } = { ...c, X, Y, m: [[m]] };
  const set = (name: string, value: Rows): Rows => {
    at[name] = (tweaks[name]?.(value, at) ?? value) as Rows;
    return at[name];
  };
  const dZ3 = set(
    "dZ3",
    zip(c.A3, Y, (a, y) => a - y),
  );
  const dW = (l: number, dZ: Rows, A: Rows): Rows =>
    set(`dW${l}`, plus(scaled(times(dZ, turned(A)), 1 / m), scaled(c[`W${l}`], lambd / m)));
  const db = (l: number, dZ: Rows): Rows => set(`db${l}`, scaled(sumRows(dZ), 1 / m));
  const dA = (l: number, dZ: Rows): Rows => {
    const raw = times(turned(c[`W${l + 1}`]), dZ);
    at[`raw${l}`] = raw;
    return set(
      `dA${l}`,
      keep === undefined
        ? raw
        : scaled(
            zip(raw, c[`D${l}`], (a, d) => a * d),
            1 / keep,
          ),
    );
  };
  const dZ = (l: number, dAl: Rows): Rows =>
    set(
      `dZ${l}`,
      zip(dAl, c[`Z${l}`], (a, z) => (z > 0 ? a : 0)),
    );
  const dW3 = dW(3, dZ3, c.A2);
  const db3 = db(3, dZ3);
  const dA2 = dA(2, dZ3);
  const dZ2 = dZ(2, dA2);
  const dW2 = dW(2, dZ2, c.A1);
  const db2 = db(2, dZ2);
  const dA1 = dA(1, dZ2);
  const dZ1 = dZ(1, dA1);
  const dW1 = dW(1, dZ1, X);
  return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1: db(1, dZ1) };
}

export const cacheNames = "Z1 A1 W1 b1 Z2 A2 W2 b2 Z3 A3 W3 b3".split(" ");
export const dropoutNames = "Z1 D1 A1 W1 b1 Z2 D2 A2 W2 b2 Z3 A3 W3 b3".split(" ");

/** A cache by name. */
export function named(cache: Rows[], names: readonly string[]): Parameters {
  return Object.fromEntries(names.map((name, k) => [name, cache[k]]));
}

export const blocks = ["W1", "b1", "W2", "b2", "W3", "b3"];

/** Σ of squares of a vector, its root. */
const norm = (v: readonly number[]): number => Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));

export type Check = (parameters: Parameters, gradients: Parameters, X: Rows, Y: Rows, epsilon: number) => number;

/** A checker, in parts that can be written otherwise. */
export function checker(
  J: (parameters: Parameters, X: Rows, Y: Rows) => number,
  {
    quotient = (plus: number, minus: number, _at: number, epsilon: number): number => (plus - minus) / (2 * epsilon),
    ratio = (a: readonly number[], b: readonly number[]): number =>
      norm(a.map((x, k) => x - b[k])) / (norm(a) + norm(b)),
    step = (epsilon: number): number => epsilon,
    compared = blocks as readonly string[],
  } = {},
): Check {
  return (parameters, gradients, X, Y, given) => {
    const epsilon = step(given);
    const a: number[] = [];
    const b: number[] = [];
    for (const name of compared) {
      parameters[name].forEach((row, i) => {
        row.forEach((_, j) => {
          const moved = (by: number): number => {
            const copy = structuredClone(parameters);
            copy[name][i][j] += by;
            return J(copy, X, Y);
          };
          a.push(gradients[`d${name}`][i][j]);
          b.push(quotient(moved(epsilon), moved(-epsilon), moved(0), epsilon));
        });
      });
    }
    return ratio(a, b);
  };
}

export const course = {
  forward_propagation_n: (X: Rows, Y: Rows, p: Parameters) => {
    const kept = forward(X, p);
    return [entropy(kept.A3, Y), cacheNames.map((name) => kept[name])];
  },
  backward_propagation_n: (X: Rows, Y: Rows, cache: Rows[]) => backward(X, Y, named(cache, cacheNames)),
  compute_cost_with_regularization: (A3: Rows, Y: Rows, p: Parameters, lambd: number) =>
    entropy(A3, Y) + (lambd / (2 * Y[0].length)) * (squares(p.W1) + squares(p.W2) + squares(p.W3)),
  backward_propagation_with_regularization: (X: Rows, Y: Rows, cache: Rows[], lambd: number) =>
    backward(X, Y, named(cache, cacheNames), lambd),
  backward_propagation_with_dropout: (X: Rows, Y: Rows, cache: Rows[], keep: number) =>
    backward(X, Y, named(cache, dropoutNames), 0, keep),
  forward_propagation: (x: number, theta: number) => theta * x,
  backward_propagation: (x: number) => x,
  predict: (X: Rows, _y: Rows, p: Parameters) => each(forward(X, p).A3, (a) => (a > 0.5 ? 1 : 0)),
} satisfies Record<string, Plain>;

export { forward };
