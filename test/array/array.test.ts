import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, divide, elementwise, map, multiply, subtract } from "../../src/array/broadcast.js";
import { Matrix } from "../../src/array/matrix.js";
import { product, productWithTransposed, transpose, transposedProduct } from "../../src/array/product.js";
import { mean, sum } from "../../src/array/reduce.js";
import { ShapeError } from "../../src/array/shapeError.js";

const size = fc.integer({ min: 1, max: 6 });
const matrix = (rows: number, columns: number): fc.Arbitrary<Matrix> =>
  fc
    .array(fc.integer({ min: -50, max: 50 }), { minLength: rows * columns, maxLength: rows * columns })
    .map((values) => new Matrix(rows, columns, Float64Array.from(values)));

describe("Matrix", () => {
  it("is a window on its data, so a subarray of θ is shared", () => {
    const theta = new Float64Array(6);
    const W = new Matrix(2, 2, theta.subarray(1, 5));
    W.set(1, 0, 7);
    expect(Array.from(theta)).toEqual([0, 0, 0, 7, 0, 0]);
    expect(W.rowData(1)[0]).toBe(7);
  });

  it("rejects sizes and entries that do not fit, naming what was given", () => {
    expect(() => new Matrix(2, 3, new Float64Array(5))).toThrow("Matrix: 2 × 3 needs 6 numbers, got 5");
    expect(() => Matrix.zeros(-1, 2)).toThrow("got -1 × 2");
    expect(() => Matrix.zeros(1.5, 2)).toThrow(ShapeError);
    expect(() => Matrix.from([[1, 2], [3]])).toThrow("row 1 has 1 entries, row 0 has 2");
    const A = Matrix.zeros(2, 2);
    for (const [i, j] of [
      [2, 0],
      [0, 2],
      [-1, 0],
      [0, 0.5],
      [Number.NaN, 0],
    ]) {
      expect(() => A.get(i, j)).toThrow(RangeError);
      expect(() => A.set(i, j, 1)).toThrow("outside a 2 × 2 matrix");
    }
    expect(() => Matrix.zeros(0, 3).get(0, 0)).toThrow("outside a 0 × 3 matrix");
    expect(() => A.selectColumns([0, 2])).toThrow(RangeError);
  });

  it("selects columns in the order asked for, repeats allowed", () => {
    const A = Matrix.from([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(A.selectColumns([2, 0, 2]).toArray()).toEqual([
      [3, 1, 3],
      [6, 4, 6],
    ]);
  });

  it("rounds to float32 where asked", () => {
    expect(Matrix.row([0.1], "float32").get(0, 0)).toBe(Math.fround(0.1));
    expect(Matrix.row([0.1]).as("float32").dtype).toBe("float32");
    expect(add(Matrix.row([1], "float32"), 1).dtype).toBe("float32");
    expect(add(Matrix.row([1], "float32"), Matrix.row([1])).dtype).toBe("float64");
  });
});

describe("broadcasting", () => {
  it("stretches an axis of length 1, as NumPy does", () => {
    const A = Matrix.from([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(subtract(A, Matrix.column([1, 4])).toArray()).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect(divide(A, Matrix.row([1, 2, 3])).toArray()).toEqual([
      [1, 1, 1],
      [4, 2.5, 2],
    ]);
    expect(multiply(2, A).toArray()).toEqual([
      [2, 4, 6],
      [8, 10, 12],
    ]);
    expect(add(Matrix.column([1, 2]), Matrix.row([10, 20])).toArray()).toEqual([
      [11, 21],
      [12, 22],
    ]);
    expect(add(1, 2).toArray()).toEqual([[3]]);
    expect(map(A, (a) => -a).get(1, 2)).toBe(-6);
  });

  it("names the operation and both shapes when they do not fit", () => {
    const attempt = () => add(Matrix.zeros(2, 3), Matrix.zeros(3, 2));
    expect(attempt).toThrow(ShapeError);
    expect(attempt).toThrow("add(): a 2 × 3 matrix does not broadcast with a 3 × 2 matrix");
    expect(() => multiply(Matrix.zeros(2, 0), Matrix.zeros(2, 3))).toThrow(ShapeError);
  });

  it("equals the entrywise definition for every pair of shapes that fit", () => {
    fc.assert(
      fc.property(size, size, fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), (m, n, a, b, c, d) => {
        const A = Matrix.from(
          Array.from({ length: a ? 1 : m }, (_, i) => Array.from({ length: b ? 1 : n }, (_, j) => 10 * i + j)),
        );
        const B = Matrix.from(
          Array.from({ length: c ? 1 : m }, (_, i) => Array.from({ length: d ? 1 : n }, (_, j) => 100 * i - j)),
        );
        const C = elementwise("pair", A, B, (x, y) => 3 * x - y);
        expect(C.shape).toEqual([a && c ? 1 : m, b && d ? 1 : n]);
        for (let i = 0; i < C.rows; i++) {
          for (let j = 0; j < C.columns; j++) {
            expect(C.get(i, j)).toBe(3 * A.get(a ? 0 : i, b ? 0 : j) - B.get(c ? 0 : i, d ? 0 : j));
          }
        }
      }),
    );
  });
});

describe("products", () => {
  it("follows the definition by hand", () => {
    // [1 2 3]   [1 0]   [1+4+9   0+2+3]   [14 5]
    // [4 5 6] × [2 1] = [4+10+18 0+5+6] = [32 11]
    //           [3 1]
    const A = Matrix.from([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const B = Matrix.from([
      [1, 0],
      [2, 1],
      [3, 1],
    ]);
    expect(product(A, B).toArray()).toEqual([
      [14, 5],
      [32, 11],
    ]);
  });

  it("computes transposed products as if the transpose were formed (exact on integers)", () => {
    fc.assert(
      fc.property(
        fc.tuple(size, size, size).chain(([r, k, c]) => fc.tuple(matrix(r, k), matrix(k, c))),
        ([A, B]) => {
          const C = product(A, B).toArray();
          expect(productWithTransposed(A, transpose(B)).toArray()).toEqual(C);
          expect(transposedProduct(transpose(A), B).toArray()).toEqual(C);
          expect(transpose(product(transpose(B), transpose(A))).toArray()).toEqual(C);
        },
      ),
    );
  });

  it("names the operation and both shapes when they do not fit", () => {
    const A = Matrix.zeros(2, 3);
    expect(() => product(A, A)).toThrow("product(): a 2 × 3 matrix cannot be multiplied by a 2 × 3 matrix");
    expect(() => productWithTransposed(A, Matrix.zeros(3, 2))).toThrow("3 columns against 2");
    expect(() => transposedProduct(A, Matrix.zeros(3, 2))).toThrow("2 rows against 3");
  });
});

describe("sums", () => {
  it("keep their axis", () => {
    const A = Matrix.from([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(sum(A, "columns").shape).toEqual([2, 1]);
    expect(sum(A, "rows").shape).toEqual([1, 3]);
    expect(mean(A, "rows").toArray()).toEqual([[2.5, 3.5, 4.5]]);
    expect(() => mean(Matrix.zeros(2, 0), "columns")).toThrow("a 2 × 0 matrix has no columns");
  });

  it("round a float32 sum once", () => {
    // 2²⁴ + 1 + 1 + 1: added one by one in float32 every 1 would be lost.
    expect(sum(Matrix.row([2 ** 24, 1, 1, 1, 1], "float32"), "columns").get(0, 0)).toBe(2 ** 24 + 4);
  });
});
