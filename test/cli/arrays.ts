import { Matrix } from "../../src/array/matrix.js";
import { digits } from "../../src/data/generators/digits.js";
import { formatNpy } from "../../src/data/readers/npy.js";

/** An IDX file of bytes (0x08), 32-bit whole numbers (0x0c) or 32-bit floating-point numbers (0x0d), big-endian. */
export function idx(shape: readonly number[], numbers: ArrayLike<number>, type: 0x08 | 0x0c | 0x0d = 0x08): Uint8Array {
  const size = type === 0x08 ? 1 : 4;
  const start = 4 + 4 * shape.length;
  const bytes = new Uint8Array(start + size * numbers.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, type, shape.length]);
  for (const [i, length] of shape.entries()) view.setUint32(4 + 4 * i, length);
  for (let i = 0; i < numbers.length; i++) {
    if (type === 0x08) view.setUint8(start + i, numbers[i]);
    else if (type === 0x0c) view.setInt32(start + 4 * i, numbers[i]);
    else view.setFloat32(start + 4 * i, numbers[i]);
  }
  return bytes;
}

/** Images of digits, 28 × 28 bytes each, and their labels. */
export function digitImages(examples: number): { pixels: Uint8Array; labels: Uint8Array } {
  const { X, Y } = digits({ examples, seed: 1 });
  const pixels = Uint8Array.from({ length: 784 * examples }, (_, i) =>
    Math.round(255 * X.get(i % 784, Math.floor(i / 784))),
  );
  const labels = Uint8Array.from({ length: examples }, (_, j) => Y.selectColumns([j]).data.indexOf(1));
  return { pixels, labels };
}

/** An array of rows as `numpy.save` writes it; labels as a column, the form in which a table has them. */
export function npy(rows: readonly (readonly number[])[]): Uint8Array {
  return formatNpy(Matrix.from(rows.map((row) => [...row])));
}
