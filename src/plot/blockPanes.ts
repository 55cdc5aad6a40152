import { Matrix } from "../array/matrix.js";
import { indexOf, sizeOf } from "../gradcheck/shape.js";

/** A matrix of a block: the whole of one that has at most two axes, otherwise what an index of the axes before the last two picks. */
export interface Pane {
  /** Index in the axes before the last two; none of a block that is a matrix itself. */
  readonly index: readonly number[];
  readonly errors: Matrix;
}

/** The matrices that a block is drawn as. */
export interface BlockPanes {
  readonly panes: readonly Pane[];
  /** How many of them differ in the last index alone, and so belong on one line. */
  readonly together: number;
  /** The entries that a cell of the picture stands for: of an array with too many matrices, rows × columns of each. */
  readonly each?: readonly [rows: number, columns: number];
}

/** Matrices drawn side by side; of more, each is one cell of a matrix. */
const MOST_PANES = 64;

/**
 * The relative errors of a block as matrices. Of kernels (8 × 3 × 5 × 5) they are the 24 of 5 × 5, in 8 lines of 3; of an array with
 * more than 64 such matrices one matrix, its first axis × the others, with the largest error of each matrix.
 *
 * @param errors of all entries, the last axis being the fastest
 */
export function blockPanes(shape: readonly number[], errors: Float64Array): BlockPanes {
  if (shape.length < 3) {
    const [rows = 1, columns = 1] = shape;
    return { panes: [{ index: [], errors: new Matrix(rows, columns, errors) }], together: 1 };
  }
  const leading = shape.slice(0, -2);
  const [rows, columns] = shape.slice(-2);
  const size = rows * columns;
  const count = sizeOf(leading);
  const part = (k: number): Float64Array => errors.subarray(k * size, (k + 1) * size);
  if (count <= MOST_PANES) {
    const panes = Array.from({ length: count }, (_, k) => ({
      index: indexOf(leading, k),
      errors: new Matrix(rows, columns, part(k)),
    }));
    return { panes, together: leading[leading.length - 1] };
  }
  const largest = Float64Array.from({ length: count }, (_, k) => largestOf(part(k)));
  return {
    panes: [{ index: [], errors: new Matrix(leading[0], count / leading[0], largest) }],
    together: 1,
    each: [rows, columns],
  };
}

/** The largest error; one that is not a number counts as the largest, since it must not hide. */
export function largestOf(errors: Iterable<number>): number {
  let result = 0;
  // Math.max passes NaN on.
  for (const error of errors) result = Math.max(result, error);
  return result;
}
