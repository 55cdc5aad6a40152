import { describe, expect, it } from "vitest";
import { Matrix } from "../../../src/array/matrix.js";
import { checkGradients } from "../../../src/gradcheck/checkGradients.js";
import type { BlockReport, GradientReport } from "../../../src/gradcheck/report.js";
import { RandomState } from "../../../src/random/randomState.js";

const rows = 60;
const columns = 50;
const random = new RandomState(2);
const start = { W: random.randn(rows, columns), b: random.randn(rows, 1) };
const x = random.randn(columns, 1).data;

/** J = Σᵢ log cosh(wᵢ·x + bᵢ) / 60, whose derivative is tanh. */
function activations({ W, b }: typeof start): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let z = b.data[i];
    for (let j = 0; j < columns; j++) z += W.data[i * columns + j] * x[j];
    return z;
  });
}

const cost = (p: typeof start): number => activations(p).reduce((sum, z) => sum + Math.log(Math.cosh(z)) / rows, 0);

function check(change: (dW: Matrix) => void): GradientReport {
  return checkGradients({
    parameters: start,
    cost,
    gradients: (p) => {
      const dz = activations(p).map((z) => Math.tanh(z) / rows);
      const dW = new Matrix(rows, columns, new Float64Array(rows * columns));
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) dW.data[i * columns + j] = dz[i] * x[j];
      change(dW);
      return { dW, db: dz };
    },
  });
}

const indices = ({ entries = [] }: BlockReport): string[] => entries.map(({ index }) => index.join());
const clear = check(() => undefined).costEvaluations;

describe("in a block of 3,000 entries", () => {
  it("nothing is wrong with a right gradient", () => {
    expect(clear).toBeLessThan(60);
  });

  it.each([0, 7, 1234, 2999])("entry %i alone is found in at most 4 log₂ n further forward passes", (k) => {
    const report = check((dW) => {
      dW.data[k] += 1e-3;
    });
    expect(report.blocks.map(({ verdict }) => verdict)).toEqual(["wrong", "correct"]);
    expect(indices(report.blocks[0])).toEqual([`${Math.floor(k / columns)},${k % columns}`]);
    expect(report.costEvaluations - clear).toBeLessThanOrEqual(4 * Math.ceil(Math.log2(rows * columns)));
  });

  it("an error of 1e-5 of the block's gradient in one entry is found", () => {
    const report = check((dW) => {
      const norm = Math.hypot(...dW.data);
      dW.data[777] += 1e-5 * norm;
    });
    expect(indices(report.blocks[0])).toEqual(["15,27"]);
  });

  it("three entries are told apart", () => {
    const report = check((dW) => {
      for (const k of [100, 2000, 2999]) dW.data[k] += 1e-3;
    });
    expect(indices(report.blocks[0])).toEqual(["2,0", "40,0", "59,49"]);
  });

  it("a row shows as a row, a column as a column", () => {
    const row = check((dW) => dW.rowData(5).fill(0)).blocks[0];
    expect(new Set(row.entries?.map(({ index }) => index[0]))).toEqual(new Set([5]));
    expect(row.entries?.length).toBeGreaterThan(3);
    const column = check((dW) => {
      for (let i = 0; i < rows; i++) dW.set(i, 8, 0);
    }).blocks[0];
    expect(new Set(column.entries?.map(({ index }) => index[1]))).toEqual(new Set([8]));
    expect(column.entries?.length).toBeGreaterThan(3);
  });

  it("an error everywhere shows in a sample", () => {
    const report = check((dW) => {
      for (let k = 0; k < dW.data.length; k++) dW.data[k] *= 2;
    });
    const entries = report.blocks[0].entries ?? [];
    expect(entries.length).toBe(5);
    expect(report.costEvaluations - clear).toBeLessThanOrEqual(28);
    for (const { claimed, numerical } of entries) expect(claimed / numerical).toBeCloseTo(2, 4);
  });
});
