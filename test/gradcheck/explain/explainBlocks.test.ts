import { describe, expect, it } from "vitest";
import { checkGradients } from "../../../src/gradcheck/checkGradients.js";
import { RandomState } from "../../../src/random/randomState.js";
import { said } from "../said.js";

type Parameters = Record<"W1" | "b1" | "W2", number[][]>;

const random = new RandomState(7);
const parameters: Parameters = {
  W1: random.randn(4, 4).toArray(),
  b1: random.randn(4, 1).toArray(),
  W2: random.randn(2, 4).toArray(),
};
const factors: Parameters = {
  W1: random.randn(4, 4).toArray(),
  b1: random.randn(4, 1).toArray(),
  W2: random.randn(2, 4).toArray(),
};

/** J = Σ c sin(θ), so that every entry of the gradient is c cos(θ) and nothing else. */
function cost(p: Parameters): number {
  let J = 0;
  each(p, (theta, c) => {
    J += c * Math.sin(theta);
  });
  return J;
}

function right(p: Parameters): Parameters {
  return { W1: cosines(p, "W1"), b1: cosines(p, "b1"), W2: cosines(p, "W2") };
}

function cosines(p: Parameters, name: keyof Parameters): number[][] {
  return p[name].map((row, i) => row.map((theta, j) => factors[name][i][j] * Math.cos(theta)));
}

function each(p: Parameters, visit: (theta: number, c: number) => void): void {
  for (const name of ["W1", "b1", "W2"] as const) {
    for (const [i, row] of p[name].entries()) for (const [j, theta] of row.entries()) visit(theta, factors[name][i][j]);
  }
}

function times(A: number[][], factor: number | ((i: number, j: number) => number)): number[][] {
  const f = typeof factor === "number" ? () => factor : factor;
  return A.map((row, i) => row.map((a, j) => f(i, j) * a));
}

function plus(A: number[][], B: number[][]): number[][] {
  return A.map((row, i) => row.map((a, j) => a + B[i][j]));
}

function transpose(A: number[][]): number[][] {
  return A[0].map((_, j) => A.map((row) => row[j]));
}

function sumOf(A: number[][]): number {
  return A.flat().reduce((sum, a) => sum + a, 0);
}

/** Explanations by block of the right gradient with some blocks replaced. */
function explain(
  wrong: (g: Parameters, p: Parameters) => Partial<Parameters>,
  at: Parameters = parameters,
): Record<string, string | undefined> {
  const report = checkGradients({
    parameters: at,
    cost,
    gradients: (p) => ({ ...right(p), ...wrong(right(p), p) }),
  });
  return Object.fromEntries(
    report.blocks
      .filter(({ verdict }) => verdict === "wrong")
      .map(({ name, explanation }) => [name, said(explanation)]),
  );
}

describe("explanations of a gradient that is only called", () => {
  it.each([
    [2, "dW2 is 2.000 × the numerical gradient in all 5 entries measured: an extra factor 2"],
    [4, "dW2 is 4.000 × the numerical gradient in all 5 entries measured: an extra factor 4"],
    [0.5, "dW2 is 0.500 × the numerical gradient in all 5 entries measured: a factor 2 is missing"],
    [-1, "dW2 is -1.000 × the numerical gradient in all 5 entries measured: the sign is wrong"],
    [
      300,
      "dW2 is 300.000 × the numerical gradient in all 5 entries measured: an extra factor 300 (1/m is missing, if m = 300)",
    ],
    [
      1 / 300,
      "dW2 is 0.003333 × the numerical gradient in all 5 entries measured: a factor 300 is missing (or 1/m is there twice, if m = 300)",
    ],
    [0.86, "dW2 is 0.860 × the numerical gradient in all 5 entries measured: an extra factor 0.86"],
    [1.5, "dW2 is 1.500 × the numerical gradient in all 5 entries measured: an extra factor 1.5"],
    [
      0.8,
      "dW2 is 0.800 × the numerical gradient in all 5 entries measured: an extra factor 0.8 (or a division by 1.25)",
    ],
    [1 / 0.86, "dW2 is 1.163 × the numerical gradient in all 5 entries measured: an extra division by 0.86"],
  ])("name the factor %d", (factor, sentence) => {
    expect(explain((g) => ({ W2: times(g.W2, factor) }))).toEqual({ W2: sentence });
  });

  it("name a part ∝ W, without claiming what nobody can know", () => {
    expect(explain((g, p) => ({ W1: plus(g.W1, times(p.W1, -0.7 / 300)) }))).toEqual({
      W1:
        "dW1 differs from the numerical gradient by -0.002333 × W1 in all 5 entries measured, as a missing penalty (λ/m) W1 " +
        "with λ/m = 0.002333 would give",
    });
    expect(explain((g, p) => ({ b1: plus(g.b1, times(p.b1, 0.01)) })).b1).toContain(
      "as a penalty (λ/m) b1 with λ/m = 0.01 that the cost does not hold, or one counted twice",
    );
  });

  it("name a transposed, a reshaped and a permuted gradient", () => {
    expect(explain((g) => ({ W1: transpose(g.W1) })).W1).toContain("dW1 is the transpose of the numerical gradient");
    const columnwise = (g: Parameters): number[][] => {
      const flat = transpose(g.W2).flat();
      return [flat.slice(0, 4), flat.slice(4)];
    };
    expect(explain((g) => ({ W2: columnwise(g) })).W2).toContain("a reshape where a transpose was due");
    expect(explain((g) => ({ W1: [g.W1[1], g.W1[0], g.W1[2], g.W1[3]] })).W1).toBe(
      "dW1 has the right rows in the wrong order (counted from 0: 0 is 1, 1 is 0)",
    );
    expect(explain((g) => ({ b1: [...g.b1].reverse() })).b1).toContain("the right entries in the wrong order");
    expect(explain((g) => ({ W2: g.W2.map((row) => [...row.slice(1), row[0]]) })).W2).toContain("the right columns");
  });

  it("name sums over the wrong axis", () => {
    expect(explain((g) => ({ b1: g.b1.map(() => [sumOf(g.b1)]) })).b1).toBe(
      "every entry of db1 is the sum of all entries of the numerical gradient: summed over the wrong axis",
    );
    expect(explain((g) => ({ b1: g.b1.map(() => [sumOf(g.b1) / 4]) })).b1).toContain("is the mean of all entries");
    expect(explain((g) => ({ W1: g.W1.map((row) => row.map(() => sumOf([row]))) })).W1).toContain(
      "is the sum of its row",
    );
    expect(explain((g) => ({ b1: g.b1.map(() => [0.123]) })).b1).toContain("is the same number in all 4 entries");
  });

  it("name what is zero: the whole, a row, a column, an entry", () => {
    expect(explain((g) => ({ W2: times(g.W2, 0) })).W2).toBe(
      "dW2 is zero in all entries, the numerical gradient is not",
    );
    expect(explain((g) => ({ W1: times(g.W1, (i) => (i === 3 ? 0 : 1)) })).W1).toBe(
      "row 3 (counted from 0) of dW1 is zero; the rest is right",
    );
    expect(explain((g) => ({ W1: times(g.W1, (_, j) => (j === 0 ? 0 : 1)) })).W1).toBe(
      "column 0 (counted from 0) of dW1 is zero; the rest is right",
    );
    expect(explain((g) => ({ W1: times(g.W1, (i, j) => (i === 2 ? 2 + j / 7 : 1)) })).W1).toMatch(
      /^unknown; row 2 \(counted from 0\) of dW1 is wrong, the rest is right; no other block is wrong/,
    );
    expect(explain((g) => ({ W1: times(g.W1, (i, j) => (i === 1 && j === 2 ? 2 : 1)) })).W1).toBe(
      "entry [1, 2] of dW1 is 2.000 × the numerical gradient (an extra factor 2); the rest is right",
    );
  });

  it("name wrong signs and a constant", () => {
    expect(explain((g) => ({ W1: g.W1.map((row) => row.map(Math.abs)) })).W1).toContain("an absolute value was taken");
    expect(explain((g) => ({ W2: g.W2.map((row) => row.map((a) => a + 0.25)) })).W2).toBe(
      "dW2 is too large by the same 0.25 in all 5 entries measured",
    );
  });

  it("say where what several blocks share enters", () => {
    const twice = explain((g) => ({ W1: times(g.W1, 2), b1: times(g.b1, 2) }));
    expect(twice.b1).toBe(
      "db1 is 2.000 × the numerical gradient in all 4 entries: an extra factor 2, the same in every block up to layer 1: " +
        "it enters with dA1 or dZ1",
    );
    const all = explain((g) => ({ W1: times(g.W1, 3), b1: times(g.b1, 3), W2: times(g.W2, 3) }));
    expect(all.W2).toContain("the same in every block: it enters with the loss or 1/m");
    // Each its own factor: each its own cause.
    const apart = explain((g) => ({ W1: times(g.W1, 2), b1: times(g.b1, 4) }));
    expect(apart.b1).toMatch(/an extra factor 4$/);
  });

  it("say unknown, and show the pattern and the place, where nothing fits", () => {
    const bent = explain((g) => ({ W2: g.W2.map((row) => row.map((a) => a + a * a)) })).W2 ?? "";
    expect(bent).toMatch(
      /^unknown; dW2 is \S+ to \S+ × the numerical gradient, entry by entry; no other block is wrong/,
    );
    expect(bent).toContain("look at dW2 = (1/m) dZ2 A1ᵀ");
    const noise = new RandomState(3);
    const errors = noise.randn(4, 4).toArray();
    const blurred = explain((g) => ({ W1: g.W1.map((row, i) => row.map((a, j) => a * (1 + 1e-5 * errors[i][j]))) }));
    expect(blurred.W1).toMatch(/^unknown; dW1 is off by \S+ of its size, without a pattern/);
    const chain = explain((g) => ({
      W1: times(g.W1, (i) => 1 + i),
      b1: times(g.b1, (i) => 1 + i * i),
    }));
    expect(chain.W1).toMatch(
      /^unknown; .*everything up to layer 1 is wrong, everything above right: look at dA1 = W2ᵀ dZ2/,
    );
  });

  it("do not speak of a place where not every block was checked", () => {
    const bent = (g: Parameters): number[][] => g.W2.map((row) => row.map((a) => a + a * a));
    const report = checkGradients(
      { parameters, cost, gradients: (p) => ({ ...right(p), W2: bent(right(p)) }) },
      { blocks: ["W2"] },
    );
    expect(said(report.blocks[0].explanation)).toMatch(
      /^unknown; dW2 is \S+ to \S+ × the numerical gradient, entry by entry$/,
    );
  });

  it("do not take a factor that nobody writes for a cause", () => {
    expect(explain((g) => ({ W2: times(g.W2, 1.23456) })).W2).toMatch(
      /^unknown; dW2 is 1.235 × the numerical gradient in all 5 entries measured; no other block is wrong/,
    );
  });

  it("do not read a cause into a single entry", () => {
    const one = (factor: number): string =>
      said(
        checkGradients({
          parameters: { b: 0.5 },
          cost: ({ b }) => b ** 3,
          gradients: ({ b }) => ({ b: factor * 3 * b ** 2 }),
        }).blocks[0].explanation,
      );
    expect(one(2)).toBe("db is 2.000 × the numerical gradient in its only entry: an extra factor 2");
    expect(one(1.23456)).toBe("unknown; db is 1.235 × the numerical gradient");
  });

  it("speak of a sample where a block is large", () => {
    const large = (wrong: (g: Float64Array) => Float64Array): string =>
      said(
        checkGradients({
          parameters: { w: Float64Array.from({ length: 400 }, (_, k) => Math.sin(k)) },
          cost: ({ w }) => w.reduce((J, value, k) => J + (1 + (k % 7)) * Math.sin(value), 0),
          gradients: ({ w }) => ({ w: wrong(w.map((value, k) => (1 + (k % 7)) * Math.cos(value))) }),
        }).blocks[0].explanation,
      );
    expect(large((g) => g.map((a) => 2 * a))).toMatch(
      /^dw is 2.000 × the numerical gradient in all \d+ entries measured: an extra factor 2$/,
    );
    expect(large((g) => g.map((a, k) => (k === 123 ? 0 : a)))).toBe("entry [123] of dw is zero; the rest is right");
    // Nothing is said of those that were not measured.
    expect(large((g) => g.map((a, k) => (k % 4 === 0 ? a : 0)))).toMatch(
      /^\d of 10 entries of dw that were measured are zero; the others of these are right$/,
    );
  });

  it("do not call a penalty what is a multiple of W alone, as where training with one came to rest", () => {
    // J = −0.485 λ Σ w² + λ/2 Σ w², with the sign of the first, the loss, turned.
    const lambda = 1.3;
    const w = Float64Array.from(random.randn(1, 6).data);
    const { blocks } = checkGradients({
      parameters: { w },
      cost: (p) => p.w.reduce((J, value) => J + 0.015 * lambda * value ** 2, 0),
      gradients: (p) => ({ w: p.w.map((value) => 1.97 * lambda * value) }),
    });
    expect(said(blocks[0].explanation)).toMatch(/^unknown; dw is 65.667 × the numerical gradient in all/);
  });

  it("say before which step a chain over time is cut, or nothing of a place", () => {
    const [examples, steps, features] = [5, 4, 3];
    // h[t] = tanh(a·x[t] − 0.7 h[t − 1]) + 0.6 h[t − 1] in each example, J = Σ h[last]².
    const states = (a: Float64Array, x: number[][]): { h: number; slope: number }[] => {
      let h = 0;
      return x.map((xt) => {
        const g = Math.tanh(xt.reduce((z, value, k) => z + a[k] * value, -0.7 * h));
        h = g + 0.6 * h;
        return { h, slope: 1 - g ** 2 };
      });
    };
    /** dx, with 0.6 dh forgotten on the way back from a step. */
    const backward = (a: Float64Array, x: number[][], forgotten: number): number[][] => {
      const all = states(a, x);
      const dx = x.map((xt) => xt.slice());
      let dh = 2 * all[steps - 1].h;
      for (let t = steps - 1; t >= 0; t--) {
        dx[t] = Array.from(a, (weight) => dh * all[t].slope * weight);
        dh *= (t === forgotten ? 0 : 0.6) - 0.7 * all[t].slope;
      }
      return dx;
    };
    let placed = 0;
    for (let seed = 0; seed < 12; seed++) {
      const numbers = new RandomState(seed);
      const x = Array.from({ length: examples }, () => numbers.randn(steps, features).toArray());
      const a = Float64Array.from(numbers.randn(1, features).data);
      for (const forgotten of [steps - 1, steps - 2]) {
        const { blocks } = checkGradients(
          {
            parameters: { x },
            cost: (p) => p.x.reduce((J, example) => J + states(a, example)[steps - 1].h ** 2, 0),
            gradients: (p) => ({ x: p.x.map((example) => backward(a, example, forgotten)) }),
          },
          { seed },
        );
        const text = said(blocks[0].explanation);
        const isPlaced = text.includes(
          `dx is wrong at all indices before ${forgotten} along axis 1 (if these are time`,
        );
        if (isPlaced) placed++;
        // Five entries that are all wrong show no place.
        else expect(text).toMatch(/^unknown; dx is \S+ to \S+ × the numerical gradient, entry by entry$/);
      }
    }
    expect(placed).toBeGreaterThan(12);
  });

  it("allow for a gradient of 32 bits", () => {
    const report = checkGradients({
      parameters: { W: parameters.W1 },
      cost: ({ W }) => W.flat().reduce((J, w, k) => J + (k + 1) * Math.sin(w), 0),
      gradients: ({ W }) => ({
        W: W.map((row, i) => Float32Array.from(row, (w, j) => 2 * (4 * i + j + 1) * Math.cos(w))),
      }),
    });
    expect(said(report.blocks[0].explanation)).toContain("an extra factor 2");
  });
});
