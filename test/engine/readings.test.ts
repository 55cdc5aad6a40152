import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zeros } from "../../src/array/floatArray.js";
import { readableReadings } from "../../src/engine/readable/readableReadings.js";
import { rowOf, type Window } from "../../src/engine/readings.js";
import { Arenas } from "../../src/engine/wasm/arena.js";
import { kernelModule } from "../../src/engine/wasm/kernelModule.js";
import { KernelReadings } from "../../src/engine/wasm/kernelReadings.js";
import { distributionOf } from "../../src/training/distribution.js";

const arena = new Arenas(kernelModule).take(1 << 20, {});
const kernels = new KernelReadings(arena);

/** The same numbers in the kernels' memory. */
function inKernels({ data, ...shape }: Window): Window {
  const { buffer } = arena.memory;
  const copy =
    data instanceof Float64Array
      ? new Float64Array(buffer, arena.base, data.length)
      : new Float32Array(buffer, arena.base, data.length);
  copy.set(data);
  return { data: copy, ...shape };
}

const windows = fc
  .record({
    rows: fc.integer({ min: 1, max: 5 }),
    columns: fc.integer({ min: 1, max: 9 }),
    padding: fc.integer({ min: 0, max: 3 }),
    dtype: fc.constantFrom("float64" as const, "float32" as const),
    values: fc.infiniteStream(
      fc.oneof(
        { weight: 8, arbitrary: fc.double({ min: -5, max: 5, noNaN: true }) },
        fc.constantFrom(0, -0, 1e150, -3),
      ),
    ),
  })
  .map(({ rows, columns, padding, dtype, values }): Window => {
    const stride = columns + padding;
    // What lies between the rows is not to be read.
    const data = zeros(rows * stride, dtype).fill(Number.NaN);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const { value } = values.next();
        data[i * stride + j] = dtype === "float64" ? value : Math.max(-10, Math.min(10, value));
      }
    }
    return { data, rows, columns, stride };
  });

describe("the kernels' readings", () => {
  it("are those in TypeScript: the same ends and counts, sums but for the order they are taken in", () => {
    fc.assert(
      fc.property(windows, (numbers) => {
        const readable = readableReadings.sums(numbers);
        const { sum, squares, smallest, largest } = kernels.sums(inKernels(numbers));
        expect([smallest + 0, largest + 0]).toEqual([readable.smallest + 0, readable.largest + 0]); // −0 is 0
        const size = Math.max(Math.abs(smallest), Math.abs(largest));
        // 45 numbers in another order differ by at most 45 u of the largest sum: 1e-14.
        expect(Math.abs(sum - readable.sum)).toBeLessThanOrEqual(45 * 1e-14 * size);
        expect(Math.abs(squares - readable.squares)).toBeLessThanOrEqual(1e-14 * readable.squares);

        const [own, others] = [distributionOf(inKernels(numbers), kernels), distributionOf(numbers, readableReadings)];
        expect(own.histogram).toEqual(others.histogram);
        expect(Math.abs(own.statistics.deviation - others.statistics.deviation)).toBeLessThanOrEqual(1e-12 * size);
      }),
      { numRuns: 300 },
    );
  });

  it("leave NaN out of the ends, and nothing else", () => {
    const numbers = rowOf(Float64Array.of(Number.NaN, 2, Number.NEGATIVE_INFINITY, 7, Number.NaN));
    for (const { sum, squares, smallest, largest } of [
      readableReadings.sums(numbers),
      kernels.sums(inKernels(numbers)),
    ]) {
      expect([sum, squares, smallest, largest]).toEqual([Number.NaN, Number.NaN, Number.NEGATIVE_INFINITY, 7]);
    }
  });

  it("count what is finite where something is not", () => {
    const numbers = rowOf(Float64Array.of(Number.NaN, 1, 2, 5, Number.POSITIVE_INFINITY));
    const counted = distributionOf(rowOf(Float64Array.of(1, 2, 5)), readableReadings).histogram;
    expect(distributionOf(inKernels(numbers), kernels).histogram).toEqual(counted);
    expect(distributionOf(numbers, readableReadings).histogram).toEqual(counted);
  });
});
