import type { RandomStream } from "../../../src/random/streams.js";

/** An array of any rank, row after row. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export type Tensors = Readonly<Record<string, Tensor>>;

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

export function zeros(...shape: readonly number[]): Tensor {
  return { shape, data: new Float64Array(sizeOf(shape)) };
}

export function normal(stream: RandomStream, ...shape: readonly number[]): Tensor {
  return { shape, data: Float64Array.from({ length: sizeOf(shape) }, () => stream.normal()) };
}

/** The same with each number changed. */
export function map({ shape, data }: Tensor, change: (value: number, position: number) => number): Tensor {
  return { shape, data: data.map(change) };
}

/** Position of an index. */
export function at(shape: readonly number[], ...index: readonly number[]): number {
  return shape.reduce((position, length, axis) => position * length + index[axis], 0);
}

/** One of these. */
export function pick<Value>(stream: RandomStream, values: readonly Value[]): Value {
  return values[stream.below(values.length)];
}

/** a × b of rows × inner and inner × columns, with either one transposed where asked. */
export function product(a: Tensor, b: Tensor, transposed: { readonly a?: boolean; readonly b?: boolean } = {}): Tensor {
  const [rows, inner] = transposed.a ? [a.shape[1], a.shape[0]] : a.shape;
  const columns = transposed.b ? b.shape[0] : b.shape[1];
  const result = zeros(rows, columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const left = a.data[transposed.a ? k * rows + i : i * inner + k];
      for (let j = 0; j < columns; j++) {
        result.data[i * columns + j] += left * b.data[transposed.b ? j * inner + k : k * columns + j];
      }
    }
  }
  return result;
}

/** The sum of the rows. */
export function sumRows({ shape, data }: Tensor): Tensor {
  const sum = zeros(shape[1]);
  for (const [k, value] of data.entries()) sum.data[k % shape[1]] += value;
  return sum;
}
