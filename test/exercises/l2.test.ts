import { describe, expect, it } from "vitest";
import {
  backward,
  cacheNames,
  course,
  each,
  entropy,
  named,
  type Parameters,
  plus,
  type Rows,
  scaled,
  squares,
  sumRows,
  type Tweaks,
  times,
  turned,
  zip,
} from "./courseFunctions.js";
import { told } from "./told.js";

type Cost = (A3: Rows, Y: Rows, p: Parameters, lambd: number) => unknown;

const weights = (p: Parameters): number => squares(p.W1) + squares(p.W2) + squares(p.W3);
const biases = (p: Parameters): number => squares(p.b1) + squares(p.b2) + squares(p.b3);
const cost = "compute_cost_with_regularization";
const gradient = "backward_propagation_with_regularization";
const sum = (A: Rows): number => A.flat().reduce((total, a) => total + a, 0);

const ofCost = (written: Cost, seed?: number) => told("l2", cost, () => ({ [cost]: written }), seed);

describe("compute_cost_with_regularization", () => {
  it.each<[string, Cost]>([
    ["as the course has it", course.compute_cost_with_regularization],
    [
      "with a loop over layers",
      (A, Y, p, l) =>
        Object.keys(p)
          .filter((k) => k[0] === "W")
          .reduce((J, k) => J + (l / 2 / Y[0].length) * squares(p[k]), entropy(A, Y)),
    ],
    ["as an array of one entry", (A, Y, p, l) => [[course.compute_cost_with_regularization(A, Y, p, l)]]],
    [
      "with outputs clipped",
      (A, Y, p, l) =>
        course.compute_cost_with_regularization(
          each(A, (a) => Math.min(Math.max(a, 1e-12), 1 - 1e-12)),
          Y,
          p,
          l,
        ),
    ],
    [
      "with 1e-8 in the logarithm",
      (A, Y, p, l) =>
        -Y[0].reduce((s, y, j) => s + y * Math.log(A[0][j] + 1e-8) + (1 - y) * Math.log(1 - A[0][j] + 1e-8), 0) /
          Y[0].length +
        (l / 2 / Y[0].length) * weights(p),
    ],
    ["in float32", (A, Y, p, l) => Math.fround(course.compute_cost_with_regularization(A, Y, p, l))],
  ])("is right %s", async (_, written) => {
    for (let seed = 0; seed < 5; seed++) {
      const { verdict, why } = await ofCost(written, seed);
      expect([verdict, why]).toEqual(["correct", "values and shapes are right in 4 cases"]);
    }
  });

  it("may be a plain sum, and is told where that gives NaN", async () => {
    const plainSum: Cost = (A, Y, p, l) =>
      -Y[0].reduce((s, y, j) => s + y * Math.log(A[0][j]) + (1 - y) * Math.log(1 - A[0][j]), 0) / Y[0].length +
      (l / 2 / Y[0].length) * weights(p);
    expect(await ofCost(plainSum)).toMatchObject({ verdict: "correct", next: expect.stringContaining("nansum") });
    expect((await ofCost(course.compute_cost_with_regularization)).next).toBeUndefined();
  });

  it.each<[Cost, string]>([
    [(A, Y, p, l) => entropy(A, Y) + (l / Y[0].length) * weights(p), "the penalty has λ/m in the place of λ/(2m)"],
    [(A, Y, p, l) => entropy(A, Y) + (l / 2) * weights(p), "the penalty has λ/2 in the place of λ/(2m)"],
    [(A, Y, p, l) => entropy(A, Y) + l * weights(p), "the penalty has λ in the place of λ/(2m)"],
    [(A, Y) => entropy(A, Y), "the penalty is missing"],
    [(A, Y, p, l) => entropy(A, Y) + (l / 2 / Y[0].length) * (weights(p) + biases(p)), "biases are penalized too"],
    [
      (A, Y, p, l) => entropy(A, Y) + (l / Y[0].length) * (weights(p) + biases(p)),
      "the penalty has λ/m in the place of λ/(2m), and biases are penalized too",
    ],
    [
      (A, Y, p, l) => entropy(A, Y) + (l / 2 / Y[0].length) * (squares(p.W1) + squares(p.W2)),
      "only W1 and W2 are penalized",
    ],
    [
      (A, Y, p, l) => entropy(A, Y) + (l / 2 / Y[0].length) * (sum(p.W1) + sum(p.W2) + sum(p.W3)),
      "the penalty sums Σ W, expected Σ W²",
    ],
    [
      (A, Y, p, l) =>
        entropy(A, Y) + (l / 2 / Y[0].length) * [p.W1, p.W2, p.W3].reduce((s, W) => s + Math.sqrt(squares(W)), 0),
      "the penalty sums ‖W1‖ + ‖W2‖ + ‖W3‖, expected Σ W²",
    ],
    [
      (A, Y, p, l) => entropy(A, Y) - (l / 2 / Y[0].length) * weights(p),
      "the penalty has −λ/(2m) in the place of λ/(2m)",
    ],
    [(_A, Y, p, l) => (l / 2 / Y[0].length) * weights(p), "the cross-entropy is missing"],
    [
      (A, Y, p, l) => entropy(A, Y) * Y[0].length + (l / 2 / Y[0].length) * weights(p),
      "the cross-entropy is not divided by m",
    ],
    [(A, Y, p, l) => -entropy(A, Y) + (l / 2 / Y[0].length) * weights(p), "the cross-entropy has the wrong sign"],
  ])("is wrong: %#", async (written, cause) => {
    const { verdict, why, next } = await ofCost(written);
    expect(verdict).toBe("wrong");
    expect(why).toMatch(/^for λ = [\d.]+ and m = \d+ the cost is \S+, expected \S+: /);
    expect(why.slice(why.indexOf(": ") + 2)).toBe(cause);
    expect(next).toContain("λ/(2m) Σ W²");
  });

  it("names no mistake where none fits", async () => {
    const { verdict, why } = await ofCost((A, Y, p, l) => course.compute_cost_with_regularization(A, Y, p, l) + 0.01);
    expect(verdict).toBe("wrong");
    expect(why).toMatch(/the cost is \S+, expected [\d.]+$/);
  });

  it.each<[Cost, string]>([
    [() => undefined, "cost is undefined, expected a number"],
    [(A) => A, "cost is array 1 × 7, expected a number"],
    [() => [1, [2, 3]], "cost is array [2], expected a number"],
  ])("is wrong where it returns no number: %#", async (written, said) => {
    expect(await ofCost(written)).toMatchObject({ verdict: "wrong", why: said });
  });
});

const ofGradient = (tweaks: Tweaks, seed?: number) =>
  told(
    "l2",
    gradient,
    () => ({
      [gradient]: (X: Rows, Y: Rows, c: Rows[], l: number) =>
        backward(X, Y, named(c, cacheNames), l, undefined, tweaks),
    }),
    seed,
  );

const m = ({ m: [[count]] }: { m: Rows }): number => count;
const data = (l: number, at: Parameters): Rows => times(at[`dZ${l}`], turned(l === 1 ? at.X : at[`A${l - 1}`]));

describe("backward_propagation_with_regularization", () => {
  it.each<[string, Tweaks]>([
    ["as the course has it", {}],
    ["with dA and dZ of its own in the dictionary", { dA2: (dA) => dA }],
    ["in float32", { dW1: (dW) => each(dW, Math.fround) }],
  ])("is right %s", async (_, tweaks) => {
    for (let seed = 0; seed < 5; seed++) expect(await ofGradient(tweaks, seed)).toMatchObject({ verdict: "correct" });
  });

  it("is right where its dictionary has the six blocks alone, in any order", async () => {
    const six = (X: Rows, Y: Rows, c: Rows[], l: number) => {
      const { dW1, db1, dW2, db2, dW3, db3 } = backward(X, Y, named(c, cacheNames), l);
      return { dW1, db1, dW2, db2, dW3, db3 };
    };
    expect(await told("l2", gradient, () => ({ [gradient]: six }))).toMatchObject({ verdict: "correct" });
  });

  const everywhere = (of: (l: number) => Tweaks[string]): Tweaks => ({ dW1: of(1), dW2: of(2), dW3: of(3) });

  it.each<[Tweaks, string]>([
    [everywhere((l) => (_, at) => scaled(data(l, at), 1 / m(at))), "(λ/m) W is missing from dW3, dW2, dW1"],
    [{ dW2: (_, at) => scaled(data(2, at), 1 / m(at)) }, "(λ/m) W is missing from dW2"],
    [
      everywhere((l) => (dW, at) => plus(scaled(dW, 0.5), scaled(data(l, at), 0.5 / m(at)))),
      "(λ/2m) W is added to dW3, dW2, dW1, expected (λ/m) W",
    ],
    [
      everywhere((l) => (dW, at) => plus(scaled(dW, 2), scaled(data(l, at), -1 / m(at)))),
      "(2λ/m) W is added to dW3, dW2, dW1, expected (λ/m) W",
    ],
    [
      everywhere((l) => (dW, at) => plus(scaled(dW, m(at)), scaled(data(l, at), 1 / m(at) - 1))),
      "λ W is added to dW3, dW2, dW1, expected (λ/m) W",
    ],
    [everywhere((l) => (dW, at) => plus(dW, scaled(data(l, at), 1 - 1 / m(at)))), "1/m is missing from dW3, dW2, dW1"],
    [
      { db1: (_, at) => sumRows(at.dZ1), db2: (_, at) => sumRows(at.dZ2), db3: (_, at) => sumRows(at.dZ3) },
      "1/m is missing from db3, db2, db1",
    ],
    [{ dW2: (dW) => scaled(dW, 2), db1: (db) => scaled(db, 4) }, "dW2 multiplied by 2; db1 multiplied by 4"],
    [{ dZ3: (dZ) => scaled(dZ, -1) }, "dZ3 is Y − A3, expected A3 − Y"],
    [
      { dZ2: (_, at) => at.dA2, dZ1: (_, at) => at.dA1 },
      "dZ1, dZ2 without the derivative of ReLU: it is 0 where Z ≤ 0",
    ],
    [{ dZ2: (_, at) => at.dA2 }, "dZ2 without the derivative of ReLU: it is 0 where Z ≤ 0"],
    [
      { dZ1: (_, at) => zip(at.dA1, at.A1, (d, a) => d * (1 - a * a)) },
      "dZ1 with the derivative of tanh, expected that of ReLU",
    ],
    [
      { dZ3: (dZ, at) => zip(dZ, at.A3, (d, a) => d * a * (1 - a)) },
      "dZ3 is (A3 − Y) σ'(Z3); of cross-entropy and sigmoid it is A3 − Y",
    ],
    [{ dZ3: (_, at) => zip(at.Y, at.A3, (y, a) => (1 - y) / (1 - a) - y / a) }, "dZ3 is dA3; σ'(Z3) is missing"],
    [
      { dW2: (dW, at) => plus(dW, scaled(times(at.dZ2, turned(zip(at.Z1, at.A1, (z, a) => z - a))), 1 / m(at))) },
      "dW2 with Z of the layer below, expected A",
    ],
    [{ db2: (db) => scaled(db, 0) }, "db2 all 0"],
    [
      { db3: (_, at) => scaled(sumRows(at.dZ3), 1 / at.X.length) },
      "db3 divided by X.shape[0], expected by m = X.shape[1]",
    ],
  ])("is wrong: %#", async (tweaks, cause) => {
    const { verdict, why } = await ofGradient(tweaks);
    expect(verdict).toBe("wrong");
    expect(why.slice(why.indexOf(": ") + 2)).toBe(cause);
  });

  it("says penalties on biases", async () => {
    const written = (X: Rows, Y: Rows, c: Rows[], l: number) => {
      const cache = named(c, cacheNames);
      const on = (k: number) => (db: Rows) => plus(db, scaled(cache[`b${k}`], l / X[0].length));
      return backward(X, Y, cache, l, undefined, { db1: on(1), db2: on(2), db3: on(3) });
    };
    expect((await told("l2", gradient, () => ({ [gradient]: written }))).why).toMatch(
      /^db3\[0, 0\] is \S+, expected \S+: \(λ\/m\) b is added to db3, db2, db1; biases are not penalized$/,
    );
  });

  it("says the formula of the first wrong block from the output where no mistake fits", async () => {
    const odd = await ofGradient({ dW2: (dW) => each(dW, (x) => x + 0.01) });
    expect(odd.why).toMatch(/^dW2\[\d, \d\] is \S+, expected -?[\d.e-]+$/);
    expect(odd.next).toBe("dW2 = (1/m) dZ2 A1ᵀ + (λ/m) W2");
  });

  it("names rank 1, whatever the numbers are", async () => {
    const flat = (db: Rows): unknown => db.map(([x]) => x);
    expect(await ofGradient({ db1: flat, db2: flat, db3: flat })).toEqual({
      verdict: "wrong",
      why: "db3 has shape 1, expected 1 × 1",
      next: "db3 is a column: one row of one number for each unit, [[…], […]]",
    });
    const inPython = await told(
      "l2",
      gradient,
      () => ({
        [gradient]: (X: Rows, Y: Rows, c: Rows[], l: number) =>
          backward(X, Y, named(c, cacheNames), l, undefined, { db1: flat }),
      }),
      1,
      "python",
    );
    expect(inPython.why).toBe("db1 has shape (5,), expected (5, 1)");
    expect(inPython.next).toContain("keepdims=True");
  });

  it("names a transposed block, and a block that is not there", async () => {
    expect(await ofGradient({ dW1: (dW) => turned(dW) })).toMatchObject({
      why: "dW1 has shape 4 × 5, expected 5 × 4",
      next: "dW1 is transposed",
    });
    const without = () => ({ [gradient]: () => ({ DW1: [[1]] }) });
    expect((await told("l2", gradient, without)).why).toBe(
      "the dictionary has no dW3, db3, dW2, db2, dW1, db1; it has DW1",
    );
    expect((await told("l2", gradient, () => ({ [gradient]: () => 3 }))).why).toBe(
      "it returned 3, expected a dictionary with dW3, db3, dW2, db2, dW1, db1",
    );
  });
});
