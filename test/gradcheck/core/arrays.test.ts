import { describe, expect, it } from "vitest";
import { checkGradients } from "../../../src/gradcheck/checkGradients.js";

type Kernels = number[][][][];

/** Σ over a 4-D array, entry by entry with its index. */
function map4(W: Kernels, f: (w: number, i: number, j: number, k: number, l: number) => number): Kernels {
  return W.map((a, i) => a.map((b, j) => b.map((c, k) => c.map((w, l) => f(w, i, j, k, l)))));
}

const W = map4(
  Array.from({ length: 4 }, () =>
    Array.from({ length: 2 }, () => [
      [0, 0, 0],
      [0, 0, 0],
    ]),
  ),
  (_, i, j, k, l) => Math.sin(1 + 12 * i + 6 * j + 3 * k + l),
);
const cost = ({ W }: { W: Kernels }): number => W.flat(3).reduce((sum, w) => sum + w ** 3, 0);

describe("a gradient in four dimensions", () => {
  it("is correct in its own shape", () => {
    const report = checkGradients({
      parameters: { W },
      cost,
      gradients: ({ W }) => ({ dW: map4(W, (w) => 3 * w ** 2) }),
    });
    expect([report.verdict, report.blocks[0].shape]).toEqual(["correct", [4, 2, 2, 3]]);
  });

  it("is wrong at a place with an index for each axis", () => {
    const wrong = (w: number, ...at: number[]): number => 3 * w ** 2 + (`${at}` === "3,0,1,2" ? 0.5 : 0);
    const report = checkGradients({ parameters: { W }, cost, gradients: ({ W }) => ({ dW: map4(W, wrong) }) });
    expect(report.verdict).toBe("wrong");
    expect(report.blocks[0].entries?.map(({ index }) => index)).toEqual([[3, 0, 1, 2]]);
    expect(String(report)).toContain("4 × 2 × 2 × 3");
    expect(String(report)).toContain("[3, 0, 1, 2]");
  });
});

describe("a gradient of rank 1 beside a column", () => {
  const b = [[1], [2], [-1], [0.5], [3]];
  const cost = ({ b }: { b: number[][] }): number => b.reduce((sum, [v]) => sum + v ** 2, 0);

  it("is wrong, whatever its numbers are, and told with what NumPy makes of it", () => {
    const report = checkGradients({ parameters: { b }, cost, gradients: ({ b }) => ({ db: b.map(([v]) => 2 * v) }) });
    expect(report.verdict).toBe("wrong");
    const said = String(report).replace(/\s+/g, " ");
    expect(said).toContain("db has the shape (5,), b (5, 1): in NumPy, b − α db has the shape (5, 5)");
    expect(said).toContain("keepdims=True");
  });

  it("is correct as a column", () => {
    const report = checkGradients({ parameters: { b }, cost, gradients: ({ b }) => ({ db: b.map(([v]) => [2 * v]) }) });
    expect(report.verdict).toBe("correct");
  });
});

describe("what there is to check", () => {
  const gradients = ({ w }: { w: number[] }) => ({ dw: w.map((v) => 2 * v) });
  const cost = ({ w }: { w: number[] }): number => w.reduce((sum, v) => sum + v * v, 0);

  it("is more than nothing", () => {
    expect(() => checkGradients({ parameters: { w: [] }, cost, gradients })).toThrow("there is nothing to check");
    expect(() => checkGradients({ parameters: { w: [1] }, cost, gradients }, { blocks: [] })).toThrow("one at least");
  });

  it("has no other names than the parameter's own beside its gradient", () => {
    const both = ({ w }: { w: number[] }) => ({ w, ...gradients({ w }) });
    expect(checkGradients({ parameters: { w: [1, 2] }, cost, gradients: both }).notes).toEqual([]);
  });

  it("is not said to be right at a kink", () => {
    // The larger of two equal numbers: near them one of them is larger.
    const report = checkGradients({
      parameters: { w: [2, 2, 1] },
      cost: ({ w }) => Math.max(...w),
      gradients: ({ w }) => ({ dw: w.map((v) => (v === Math.max(...w) ? 1 : 0)) }),
    });
    expect(report.verdict).toBe("correct");
    expect(report.notes.map(({ id }) => id)).toContain("check.kinkHere");
  });

  it("is told with the digits that a factor near 1 needs", () => {
    const off = ({ w }: { w: number[] }) => ({ dw: w.map((v) => 2.00006 * v) });
    expect(String(checkGradients({ parameters: { w: [1, 2] }, cost, gradients: off }))).toContain("1.00003 ×");
  });
});

it("a gradient of null is taken for zero, and a note says so", () => {
  const parameters = { w: [1, 2], unused: [3] };
  const report = checkGradients({
    parameters,
    cost: ({ w }) => w[0] * w[1],
    gradients: ({ w }) => ({ dw: [w[1], w[0]], dunused: null }),
  });
  expect(report.verdict).toBe("correct");
  expect(report.notes.map(({ id }) => id)).toContain("check.noGradient");
});
