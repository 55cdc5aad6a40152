import { Matrix } from "../../../array/matrix.js";
import { OptionError } from "../../../constraint/constraint.js";
import type { Numbers } from "../../choice.js";
import type { Operation } from "../../op.js";

/** Rows `from` … `to − 1`. */
export type RowRange = readonly [from: number, to: number];

/** Options of the step: the ranges of rows, one after the other. */
export function selectOptions(ranges: readonly RowRange[]): Numbers {
  return Object.fromEntries(
    ranges.flatMap(([from, to], k) => [
      [`from${k + 1}`, from],
      [`to${k + 1}`, to],
    ]),
  );
}

/** The rows that are taken, in their order. */
function rowsOf(options: Numbers): number[] {
  const ends = Object.values(options);
  return ends.flatMap((from, k) => (k % 2 === 1 ? [] : Array.from({ length: ends[k + 1] - from }, (_, i) => from + i)));
}

/** Some rows of a value, those of each range on end; backward gives the others 0. */
export const select = {
  keeps: "nothing",
  carries: (_output, row, _inputs, options) => ({ input: 0, row: rowsOf(options)[row] }),
  shapes([{ rows }], options) {
    const taken = rowsOf(options);
    const last = Math.max(...taken);
    if (last >= rows) throw new OptionError(`row ${last} is asked for, the input has ${rows}, counted from 0`);
    return [{ rows: taken.length }];
  },
  forward([A], { options }) {
    const taken = rowsOf(options);
    const output = Matrix.zeros(taken.length, A.columns, A.dtype); // (chosen rows × examples)
    for (const [i, row] of taken.entries()) output.rowData(i).set(A.rowData(row));
    return { outputs: [output] };
  },
  backward([dOutput], { inputs: [A], options }) {
    const dA = Matrix.zeros(A.rows, A.columns, A.dtype); // (rows × examples)
    for (const [i, row] of rowsOf(options).entries()) {
      const [to, from] = [dA.rowData(row), dOutput.rowData(i)];
      for (let j = 0; j < to.length; j++) to[j] += from[j];
    }
    return { inputs: [dA], parameters: [] };
  },
} as const satisfies Operation;
