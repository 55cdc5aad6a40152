/**
 * A MATLAB v5 file of double matrices, each given as rows: a header of 128 bytes, then per variable an element miMATRIX (14)
 * with flags (class 6, double), dimensions, name, and the numbers column after column.
 */
export function matFile(variables: Readonly<Record<string, readonly (readonly number[])[]>>): Uint8Array {
  const header = new Uint8Array(128).fill(32);
  header.set(new TextEncoder().encode("MATLAB 5.0 MAT-file"));
  header.set([0x00, 0x01, 0x49, 0x4d], 124);
  return concat([header, ...Object.entries(variables).map(([name, rows]) => element(14, matrix(name, rows)))]);
}

function matrix(name: string, rows: readonly (readonly number[])[]): Uint8Array {
  const columns = rows[0].length;
  const numbers = Array.from({ length: columns }, (_, j) => rows.map((row) => row[j])).flat();
  return concat([
    element(6, bytesOf(Uint32Array.of(6, 0))),
    element(5, bytesOf(Int32Array.of(rows.length, columns))),
    element(1, new TextEncoder().encode(name)),
    element(9, bytesOf(Float64Array.from(numbers))),
  ]);
}

/** Type and size, then the data padded to a multiple of 8 bytes. */
function element(type: number, data: Uint8Array): Uint8Array {
  return concat([bytesOf(Uint32Array.of(type, data.length)), data, new Uint8Array((8 - (data.length % 8)) % 8)]);
}

function bytesOf(numbers: Uint32Array | Int32Array | Float64Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
