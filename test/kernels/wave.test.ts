import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cos, sin } from "../../src/numeric/sinCos.js";
import { kernelParts } from "./parts.js";

type Row = [x: number, cosine: number, sine: number];

/** Arguments with correctly rounded cosine and sine, made by test/fixtures/waves.py. */
const table = JSON.parse(readFileSync(new URL("../fixtures/waves.json", import.meta.url), "utf8")) as Record<
  "float64" | "float32",
  Row[]
>;

const parts = kernelParts();
const [from, cosinesAt, sinesAt] = [65_536, 262_144, 524_288];

function waves(
  dtype: "float64" | "float32",
  x: readonly number[],
): { readonly cosines: ArrayLike<number>; readonly sines: ArrayLike<number> } {
  const [Floats, lanes] = dtype === "float64" ? [Float64Array, 2] : [Float32Array, 4];
  const at = (address: number): Float64Array | Float32Array => new Floats(parts.memory.buffer, address, x.length);
  at(from).set(x);
  parts.call(dtype === "float64" ? "waves64" : "waves32", from, cosinesAt, sinesAt, Math.ceil(x.length / lanes));
  return { cosines: at(cosinesAt).slice(), sines: at(sinesAt).slice() };
}

function farthest(rows: readonly Row[], cosines: ArrayLike<number>, sines: ArrayLike<number>): number {
  return Math.max(
    ...rows.map(([, cosine, sine], k) => Math.max(Math.abs(cosines[k] - cosine), Math.abs(sines[k] - sine))),
  );
}

describe("cosine and sine of the kernels", () => {
  it.each([
    ["float64", 2 ** -53],
    ["float32", 2 ** -24],
  ] as const)("stay within 1 ulp of 1, up to the largest arguments they take: %s", (dtype, ulp) => {
    const rows = table[dtype];
    expect(rows.length).toBeGreaterThan(300);
    const { cosines, sines } = waves(
      dtype,
      rows.map(([x]) => x),
    );
    expect(farthest(rows, cosines, sines)).toBeLessThanOrEqual(ulp);
  });

  it("agree with src/numeric within 1 ulp of 1", () => {
    const rows = table.float64;
    const { cosines, sines } = waves(
      "float64",
      rows.map(([x]) => x),
    );
    const readable = rows.map(([x]): Row => [x, cos(x), sin(x)]);
    expect(farthest(readable, cosines, sines)).toBeLessThanOrEqual(2 ** -53);
    expect(
      farthest(
        rows,
        readable.map(([, cosine]) => cosine),
        readable.map(([, , sine]) => sine),
      ),
    ).toBeLessThanOrEqual(2 ** -53);
  });

  it("are exact at 0, and NaN where there is no angle", () => {
    for (const dtype of ["float64", "float32"] as const) {
      const { cosines, sines } = waves(dtype, [0, 0, Number.NaN, Number.POSITIVE_INFINITY]);
      expect(Array.from(cosines)).toEqual([1, 1, Number.NaN, Number.NaN]);
      expect(Array.from(sines)).toEqual([0, 0, Number.NaN, Number.NaN]);
    }
  });
});
