import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kernelParts } from "./parts.js";

/** A matrix in the kernels' memory: its first number and its strides, in numbers. */
interface Operand {
  readonly at: number;
  readonly row: number;
  readonly column: number;
}

interface Product {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly A: Operand;
  readonly B: Operand;
  readonly C: Operand;
  /** Index of bias[0], or 0 for none. */
  readonly bias: number;
  readonly accumulate: boolean;
}

const { memory, call } = kernelParts(64);

/** Above the kernels' own data. */
const firstNumber = 65_536 / 4;

/** The kernels' memory in one precision. Positions are indices of numbers, not bytes. */
class Arena {
  readonly numbers: Float64Array | Float32Array;
  readonly round: (x: number) => number;
  #end = firstNumber;
  #state = 1;

  constructor(readonly bits: 64 | 32) {
    this.numbers = bits === 64 ? new Float64Array(memory.buffer) : new Float32Array(memory.buffer);
    this.round = bits === 64 ? (x) => x : Math.fround;
    this.clear();
  }

  /** All that was placed is gone. */
  clear(): void {
    this.#end = firstNumber;
    this.numbers.fill(Number.NaN, this.#end); // A number read or kept that nobody wrote shows.
  }

  get bytes(): number {
    return this.bits / 8;
  }

  /**
   * Room for numbers, from the next multiple of 16 bytes on or, to try what is not aligned, `shift` numbers later; with
   * 16 numbers after them that nothing may touch.
   */
  room(length: number, shift = 0): number {
    const at = Math.ceil(this.#end / 4) * 4 + shift;
    this.#end = at + length + 16;
    return at;
  }

  /** A matrix of numbers in (-1, 1) whose low bits are in use, with `gap` numbers between its lines. */
  matrix(rows: number, columns: number, transposed = false, gap = 0, step = 1, shift = 0): Operand {
    const length = transposed ? rows : columns;
    const lines = transposed ? columns : rows;
    const stride = length * step + gap;
    const at = this.room(lines * stride, shift);
    const operand = transposed ? { at, row: step, column: stride } : { at, row: stride, column: step };
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) this.numbers[at + i * operand.row + j * operand.column] = this.#next();
    }
    return operand;
  }

  #next(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) | 0;
    return this.#state / 2 ** 31 / 1.1;
  }

  /** A, B, C, bias and accumulate as the kernels take them, in bytes. */
  #arguments({ A, B, C, bias, accumulate }: Product, packed?: number): number[] {
    const factor = packed === undefined ? [B.at, B.row, B.column] : [packed];
    const positions = [A.at, A.row, A.column, ...factor, C.at, C.row, bias].map((n) => n * this.bytes);
    return [...positions, Number(accumulate)];
  }

  multiply(p: Product, splits: readonly number[] = []): void {
    const scratch = this.room(call("packedProductScratch", p.columns, p.depth, this.bytes) / this.bytes);
    const bounds = [0, ...splits, p.rows];
    for (let s = 1; s < bounds.length; s++) {
      const [from = 0, to = 0] = bounds.slice(s - 1);
      const sizes = [p.rows, p.columns, p.depth];
      call(`packedProduct${this.bits}`, ...sizes, ...this.#arguments(p), scratch * this.bytes, from, to);
    }
  }

  /** The same in two steps, each in shares: panels of B first, then rows, each share with a workspace of its own. */
  multiplyInShares(p: Product, panelSplit: number, rowSplit: number): void {
    const packed = this.room(call("packedBytes", p.columns, p.depth, this.bytes) / this.bytes);
    const panels = call(`panelsOf${this.bits}`, p.columns);
    const middle = Math.min(panelSplit, panels);
    const B = [p.B.at, p.B.row, p.B.column].map((n) => n * this.bytes);
    for (const [from, to] of [
      [middle, panels],
      [0, middle],
    ] as const) {
      call(`packB${this.bits}`, p.columns, p.depth, ...B, packed * this.bytes, from, to);
    }
    for (const [from, to] of [
      [rowSplit, p.rows + 3],
      [0, rowSplit],
    ] as const) {
      const workspace = this.room(call("multiplyWorkspace", this.bytes) / this.bytes) * this.bytes;
      const sizes = [p.rows, p.columns, p.depth];
      call(`multiplyPacked${this.bits}`, ...sizes, ...this.#arguments(p, packed), workspace, from, to);
    }
  }

  /** What C must hold, in the documented order: from the start on, k = 0, 1, 2, …, each product and each sum rounded. */
  expected({ rows, columns, depth, A, B, C, bias, accumulate }: Product): Float64Array | Float32Array {
    const { numbers, round } = this;
    const result = numbers.slice();
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const at = C.at + i * C.row + j;
        let sum = accumulate ? (numbers[at] ?? 0) : bias === 0 ? 0 : (numbers[bias + i] ?? 0);
        for (let k = 0; k < depth; k++) {
          const a = numbers[A.at + i * A.row + k * A.column] ?? 0;
          const b = numbers[B.at + k * B.row + j * B.column] ?? 0;
          sum = round(sum + round(a * b));
        }
        result[at] = sum;
      }
    }
    return result;
  }

  /** A copy of C with all that lies between and around its rows, so that a stray store shows; bits, not numbers. */
  around({ rows, C }: Product, numbers = this.numbers): Uint32Array {
    return new Uint32Array(numbers.slice(C.at - 16, C.at + rows * C.row + 16).buffer);
  }
}

/** Where two have other bits, −1 for nowhere: `toEqual` takes seconds for as many numbers. */
function firstDifference(actual: Uint32Array, expected: Uint32Array): number {
  return actual.findIndex((word, k) => word !== expected[k]);
}

/** The three products of a training step, A and B as they lie in memory. */
const uses = {
  "Z = W A + b": { transposedA: false, transposedB: false, bias: true },
  "dA = Wᵀ dZ": { transposedA: true, transposedB: false, bias: false },
  "dW = dZ Aᵀ": { transposedA: false, transposedB: true, bias: false },
};

describe.each([64, 32] as const)("packed product, f%i", (bits) => {
  it("2 × 2, by hand", () => {
    const arena = new Arena(bits);
    const A = arena.matrix(2, 2);
    const B = arena.matrix(2, 2);
    const C = arena.matrix(2, 2);
    const bias = arena.room(2);
    arena.numbers.set([1, 2, 3, 4], A.at);
    arena.numbers.set([5, 6, 7, 8], B.at);
    arena.numbers.set([10, 20], bias);
    const product = { rows: 2, columns: 2, depth: 2, A, B, C, bias, accumulate: false };
    arena.multiply(product);
    // 10 + 1·5 + 2·7 = 29, 10 + 1·6 + 2·8 = 32, 20 + 3·5 + 4·7 = 63, 20 + 3·6 + 4·8 = 70
    expect([...arena.numbers.slice(C.at, C.at + 4)]).toEqual([29, 32, 63, 70]);
    arena.multiply({ ...product, bias: 0, accumulate: true });
    expect([...arena.numbers.slice(C.at, C.at + 4)]).toEqual([48, 54, 106, 120]);
    arena.multiply({ ...product, bias: 0 });
    expect([...arena.numbers.slice(C.at, C.at + 4)]).toEqual([19, 22, 43, 50]);
  });

  it("packs 2 × 3 into a narrow panel filled up with zeros, by hand", () => {
    const arena = new Arena(bits);
    const B = arena.matrix(2, 3, true);
    for (const [i, row] of [
      [1, 2, 3],
      [4, 5, 6],
    ].entries()) {
      for (const [j, value] of row.entries()) arena.numbers[B.at + i * B.row + j * B.column] = value;
    }
    const packed = arena.room(call("packedBytes", 3, 2, arena.bytes) / arena.bytes);
    const positions = [B.at, B.row, B.column, packed].map((n) => n * arena.bytes);
    call(`packB${bits}`, 3, 2, ...positions, 0, call(`panelsOf${bits}`, 3));
    const width = 32 / arena.bytes; // of two vectors
    const zeros = Array.from({ length: width - 3 }, () => 0);
    expect([...arena.numbers.slice(packed, packed + 2 * width)]).toEqual([1, 2, 3, ...zeros, 4, 5, 6, ...zeros]);
    expect(arena.numbers[packed + 2 * width]).toBeNaN(); // nothing more was written
  });

  it("has the bits of the plain triple loop and writes nothing else, whatever the shape, strides and shares", () => {
    const size = fc.integer({ min: 0, max: 70 });
    const layout = fc.record({
      transposed: fc.boolean(),
      gap: fc.integer({ min: 0, max: 3 }),
      step: fc.constantFrom(1, 1, 1, 2),
      shift: fc.integer({ min: 0, max: 3 }),
    });
    const problem = fc.record({
      rows: fc.oneof(size, fc.integer({ min: 126, max: 131 })),
      columns: size,
      depth: fc.oneof(size, fc.integer({ min: 250, max: 520 })),
      a: layout,
      b: layout,
      c: layout,
      start: fc.constantFrom("zero", "bias", "C"),
      split: fc.nat({ max: 131 }),
      panelSplit: fc.nat({ max: 20 }),
    });
    fc.assert(
      fc.property(problem, ({ rows, columns, depth, a, b, c, start, split, panelSplit }) => {
        const arena = new Arena(bits);
        const product = {
          rows,
          columns,
          depth,
          A: arena.matrix(rows, depth, a.transposed, a.gap, a.step, a.shift),
          B: arena.matrix(depth, columns, b.transposed, b.gap, b.step, b.shift),
          C: arena.matrix(rows, columns, false, c.gap, 1, c.shift),
          bias: start === "bias" ? arena.matrix(1, rows, false, 0, 1, a.shift).at : 0,
          accumulate: start === "C",
        };
        const before = arena.numbers.slice(product.C.at, product.C.at + rows * product.C.row);
        const expected = arena.around(product, arena.expected(product));
        const rowSplit = Math.min(split, rows);

        arena.multiply(product, [rowSplit]);
        expect(firstDifference(arena.around(product), expected)).toBe(-1);

        arena.numbers.set(before, product.C.at);
        arena.multiplyInShares(product, panelSplit, rowSplit);
        expect(firstDifference(arena.around(product), expected)).toBe(-1);
      }),
      { numRuns: 60 },
    );
  });

  it.each(Object.keys(uses) as (keyof typeof uses)[])("%s below, at and above the edges of every block", (name) => {
    const { transposedA, transposedB, bias } = uses[name];
    const panel = 64 / (bits / 8); // of four vectors
    const around = (...edges: number[]) => edges.flatMap((edge) => [edge - 1, edge, edge + 1]);
    const shapes = [
      // Strips of 2 rows, packed 128 at a time.
      ...around(2, 128, 256).map((rows) => ({ rows, columns: panel, depth: 5 })),
      // Panels, narrow ones, and what is filled up.
      ...around(1, panel / 2, panel, (3 * panel) / 2, 2 * panel).map((columns) => ({ rows: 3, columns, depth: 9 })),
      // Turns of 4 numbers, stretches of 16, blocks of 256.
      ...around(1, 4, 8, 16, 32, 256, 512).map((depth) => ({ rows: 6, columns: panel + 1, depth })),
    ];
    const arena = new Arena(bits);
    for (const { rows, columns, depth } of shapes) {
      arena.clear();
      const product = {
        rows,
        columns,
        depth,
        A: arena.matrix(rows, depth, transposedA),
        B: arena.matrix(depth, columns, transposedB),
        C: arena.matrix(rows, columns),
        bias: bias ? arena.matrix(1, rows).at : 0,
        accumulate: false,
      };
      for (const accumulate of [false, true]) {
        const expected = arena.around(product, arena.expected({ ...product, accumulate }));
        arena.multiply({ ...product, accumulate });
        expect(firstDifference(arena.around(product), expected), `${rows} × ${columns}, depth ${depth}`).toBe(-1);
      }
    }
  });

  it.each(Object.keys(uses) as (keyof typeof uses)[])("%s of a large layer", (name) => {
    const { transposedA, transposedB, bias } = uses[name];
    for (const [rows, columns, depth] of [
      [260, 129, 300],
      [63, 40, 784],
      [10, 128, 256],
      [1, 1, 1000],
    ] as const) {
      const arena = new Arena(bits);
      const product = {
        rows,
        columns,
        depth,
        A: arena.matrix(rows, depth, transposedA),
        B: arena.matrix(depth, columns, transposedB),
        C: arena.matrix(rows, columns),
        bias: bias ? arena.matrix(1, rows).at : 0,
        accumulate: false,
      };
      const expected = arena.around(product, arena.expected(product));
      arena.multiply(product);
      expect(firstDifference(arena.around(product), expected)).toBe(-1);
    }
  });

  it("lets NaN, infinities and negative zeros through where the plain sum does, and nowhere else", () => {
    const arena = new Arena(bits);
    const [rows, columns, depth] = [9, 11, 7];
    const A = arena.matrix(rows, depth);
    const B = arena.matrix(depth, columns, true);
    const C = arena.matrix(rows, columns);
    const bias = arena.matrix(1, rows).at;
    arena.numbers[A.at + 3] = Number.POSITIVE_INFINITY; // A[0][3]
    arena.numbers[B.at + 10 * B.column + 3 * B.row] = 0; // B[3][10], so C[0][10] = ∞ · 0 = NaN
    arena.numbers[A.at + 8 * A.row] = Number.NaN; // A[8][0]: the last row, padded to 12
    arena.numbers[B.at + 10 * B.column + 6 * B.row] = Number.NEGATIVE_INFINITY; // B[6][10]: the last column, padded
    arena.numbers[bias + 5] = -0;
    for (let k = 0; k < depth; k++) arena.numbers[A.at + 5 * A.row + k] = -0; // C[5][j] = ± 0
    const product = { rows, columns, depth, A, B, C, bias, accumulate: false };
    const expected = arena.expected(product).slice(C.at, C.at + rows * columns);
    arena.multiply(product);
    // A NaN may have any payload: compare numbers here; toEqual tells 0 from -0.
    expect(arena.numbers.slice(C.at, C.at + rows * columns)).toEqual(expected);
    expect(expected[0]).toBe(Math.sign(arena.numbers[B.at + 3] ?? 0) * Number.POSITIVE_INFINITY);
    expect(expected[10]).toBeNaN();
    expect(Number.isFinite(expected[columns])).toBe(true);
  });
});
