import { describe, expect, it } from "vitest";
import { checkGradients } from "../../../src/gradcheck/checkGradients.js";
import { said } from "../said.js";

/** What a student writes after the course's notebook: lists of lists, one function a formula, the cost from the probabilities. */
type Rows = number[][];
const dot = (A: Rows, B: Rows): Rows =>
  A.map((row) => B[0].map((_, j) => row.reduce((sum, value, k) => sum + value * B[k][j], 0)));
const transpose = (A: Rows): Rows => A[0].map((_, j) => A.map((row) => row[j]));
const map = (A: Rows, f: (value: number, i: number, j: number) => number): Rows =>
  A.map((row, i) => row.map((value, j) => f(value, i, j)));
const affine = (W: Rows, A: Rows, b: Rows): Rows => map(dot(W, A), (z, i) => z + b[i][0]);
const relu = (Z: Rows): Rows => map(Z, (z) => Math.max(0, z));
const sigmoid = (Z: Rows): Rows => map(Z, (z) => 1 / (1 + Math.exp(-z)));
const times = (A: Rows, factor: number): Rows => map(A, (a) => a * factor);
const rowSums = (A: Rows): Rows => A.map((row) => [row.reduce((sum, value) => sum + value, 0)]);
const sumOfSquares = (A: Rows): number => A.flat().reduce((sum, value) => sum + value * value, 0);

interface Parameters {
  W1: Rows;
  b1: Rows;
  W2: Rows;
  b2: Rows;
  W3: Rows;
  b3: Rows;
}

/** Numbers in (−1, 1), the same at every run. */
function numbers(seed: number): (rows: number, columns: number, scale?: number) => Rows {
  let state = seed;
  const next = (): number => {
    state = (state * 16807) % 2147483647;
    return (2 * state) / 2147483647 - 1;
  };
  return (rows, columns, scale = 1) =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => scale * next()));
}

const random = numbers(7);
const X = random(4, 5); // features × examples
const Y = [[1, 0, 1, 1, 0]];
const m = 5;
const parameters: Parameters = {
  W1: random(5, 4),
  b1: random(5, 1, 0.2),
  W2: random(3, 5),
  b2: random(3, 1, 0.2),
  W3: random(1, 3),
  b3: random(1, 1, 0.2),
};

function forward({ W1, b1, W2, b2, W3, b3 }: Parameters, D1?: Rows, D2?: Rows, keep = 1) {
  const drop = (A: Rows, D?: Rows): Rows => (D === undefined ? A : map(A, (a, i, j) => (a * D[i][j]) / keep));
  const A1 = drop(relu(affine(W1, X, b1)), D1);
  const A2 = drop(relu(affine(W2, A1, b2)), D2);
  const A3 = sigmoid(affine(W3, A2, b3));
  return { A1, A2, A3 };
}

const crossEntropy = (A: Rows): number =>
  -map(A, (a, i, j) => Y[i][j] * Math.log(a) + (1 - Y[i][j]) * Math.log(1 - a))[0].reduce((sum, v) => sum + v, 0) / m;

function backward(
  p: Parameters,
  { D1, D2, keep = 1, lambda = 0 }: { D1?: Rows; D2?: Rows; keep?: number; lambda?: number } = {},
) {
  const { A1, A2, A3 } = forward(p, D1, D2, keep);
  const penalty = (dW: Rows, W: Rows): Rows => map(dW, (d, i, j) => d + (lambda / m) * W[i][j]);
  const drop = (dA: Rows, D?: Rows): Rows => (D === undefined ? dA : map(dA, (d, i, j) => (d * D[i][j]) / keep));
  const dZ3 = map(A3, (a, i, j) => a - Y[i][j]);
  const dZ2 = map(drop(dot(transpose(p.W3), dZ3), D2), (d, i, j) => (A2[i][j] > 0 ? d : 0));
  const dZ1 = map(drop(dot(transpose(p.W2), dZ2), D1), (d, i, j) => (A1[i][j] > 0 ? d : 0));
  return {
    dW3: penalty(times(dot(dZ3, transpose(A2)), 1 / m), p.W3),
    db3: times(rowSums(dZ3), 1 / m),
    dW2: penalty(times(dot(dZ2, transpose(A1)), 1 / m), p.W2),
    db2: times(rowSums(dZ2), 1 / m),
    dW1: penalty(times(dot(dZ1, transpose(X)), 1 / m), p.W1),
    db1: times(rowSums(dZ1), 1 / m),
  };
}

const verdicts = (report: ReturnType<typeof checkGradients>): string[] =>
  report.blocks.filter(({ verdict }) => verdict !== "correct").map(({ name, verdict }) => `${name} ${verdict}`);

describe("the course's notebook, as a student writes it", () => {
  it("one dimension: J = θ x, with the notebook's own difference", () => {
    const report = checkGradients(
      { parameters: { theta: 4 }, cost: ({ theta }) => theta * 2, gradients: () => ({ theta: 2 }) },
      { mode: "textbook" },
    );
    expect(report.verdict).toBe("correct");
    // NumPy, ε = 1e-7: gradient_check of the notebook gives this to the last bit.
    expect(report.difference).toBe(2.919335883291695e-10);
  });

  it("N dimensions: clears the right backward pass and names both of the notebook's planted bugs", () => {
    const cost = (p: Parameters): number => crossEntropy(forward(p).A3);
    expect(verdicts(checkGradients({ parameters, cost, gradients: (p) => backward(p) }))).toEqual([]);
    const planted = checkGradients({
      parameters,
      cost,
      gradients: (p) => {
        const right = backward(p);
        return { ...right, dW2: times(right.dW2, 2), db1: times(right.db1, 4) };
      },
    });
    expect(verdicts(planted)).toEqual(["b1 wrong", "W2 wrong"]);
    const explanation = (name: string): string =>
      said(planted.blocks.find((block) => block.name === name)?.explanation);
    expect(explanation("b1")).toBe("db1 is 4.000 × the numerical gradient in all 5 entries: an extra factor 4");
    expect(explanation("W2")).toBe(
      "dW2 is 2.000 × the numerical gradient in all 5 entries measured: an extra factor 2",
    );
  });

  it("L2: the penalty belongs into the cost and into dW, not into db", () => {
    const lambda = 0.7;
    const cost = (p: Parameters): number =>
      crossEntropy(forward(p).A3) + (lambda / (2 * m)) * (sumOfSquares(p.W1) + sumOfSquares(p.W2) + sumOfSquares(p.W3));
    expect(verdicts(checkGradients({ parameters, cost, gradients: (p) => backward(p, { lambda }) }))).toEqual([]);
    const forgotten = checkGradients({ parameters, cost, gradients: (p) => backward(p) });
    expect(verdicts(forgotten)).toEqual(["W1 wrong", "W2 wrong", "W3 wrong"]);
    // λ/m = 0.14
    for (const { explanation } of forgotten.blocks.filter(({ verdict }) => verdict === "wrong")) {
      expect(said(explanation)).toMatch(/0\.14/);
    }
  });

  it("dropout: with the masks held still, the pass that forgets a mask is caught", () => {
    const keep = 0.7;
    const coin = numbers(3);
    const D1 = map(coin(5, m), (u) => (u < 2 * keep - 1 ? 1 : 0));
    const D2 = map(coin(3, m), (u) => (u < 2 * keep - 1 ? 1 : 0));
    const cost = (p: Parameters): number => crossEntropy(forward(p, D1, D2, keep).A3);
    expect(verdicts(checkGradients({ parameters, cost, gradients: (p) => backward(p, { D1, D2, keep }) }))).toEqual([]);
    // The forward pass scales by 1/keep, this backward pass does not.
    const unscaled = checkGradients({
      parameters,
      cost,
      gradients: (p) => {
        const ones = (A: Rows): Rows => map(A, (a) => a * keep);
        return backward(p, { D1: ones(D1), D2, keep });
      },
    });
    expect(verdicts(unscaled)).toContain("W1 wrong");
  });

  it("dropout: masks drawn anew are no wrong gradient, and the report says what to do", () => {
    const coin = numbers(11);
    const cost = (p: Parameters): number =>
      crossEntropy(
        forward(
          p,
          map(coin(5, m), (u) => (u < 0.4 ? 1 : 0)),
          undefined,
          0.7,
        ).A3,
      );
    const report = checkGradients({ parameters, cost, gradients: (p) => backward(p) });
    expect(report.verdict).toBe("undecided");
    expect(String(report)).toMatch(/freeze/);
  });
});
