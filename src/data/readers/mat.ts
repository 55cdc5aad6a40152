import type { Matrix } from "../../array/matrix.js";
import { requireList, requireText } from "../../constraint/kinds.js";
import { readMat, unreadable } from "./matContents.js";
import type { MatContent } from "./matVariable.js";
import { matrixOf } from "./storedArray.js";

/**
 * Reads the numeric variables of a MATLAB MAT-file (version 5 to 7, `save -v7` or older), by name.
 *
 * Two-dimensional real arrays of class double, single (these stay float32), int8 … uint64 and logical (as 0 and 1) become
 * matrices of the same rows and columns. Other variables (text, cells, structs, sparse, complex, more dimensions) are
 * passed over, as are empty ones, unless `names` asks for them: then they are an error. Fields of a struct are read where
 * `names` asks for them, as MATLAB writes them: `data.X`.
 *
 * @param bytes the whole file; at most 1 GiB once decompressed
 * @param names the variables wanted. All of them must be in the file and readable. Default: every readable one.
 * @throws FormatError with the place in the file, and what to do with files of version 4 and 7.3
 *
 * Source: MathWorks, "MAT-File Format", Level 5.
 *
 * @example
 * import { parseMat } from "gradproof/mat";
 * // save("x.mat", "x", "-v6") with x = uint8(7), byte by byte:
 * const text = "MATLAB 5.0 MAT-file".padEnd(124);
 * const bytes = new Uint8Array([
 *   ...new TextEncoder().encode(text), 0x00, 0x01, 0x49, 0x4d, // version 1.0, little-endian
 *   14, 0, 0, 0, 48, 0, 0, 0, // a matrix of 48 bytes
 *   6, 0, 0, 0, 8, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, // its class: uint8
 *   5, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, // 1 × 1
 *   1, 0, 1, 0, 0x78, 0, 0, 0, // its name: x
 *   2, 0, 1, 0, 7, 0, 0, 0, // its entry: 7
 * ]);
 * parseMat(bytes).get("x")?.toArray(); // => [[7]]
 */
export function parseMat(bytes: Uint8Array, names?: readonly string[]): Map<string, Matrix> {
  if (names !== undefined) {
    const expected = "an array of names";
    for (const name of Array.from(requireList("parseMat(): names", names, expected))) {
      requireText("parseMat(): names", name, expected);
    }
  }
  const contents = readMat(bytes);
  for (const name of names ?? []) {
    const field = fieldOf(contents, name);
    if (field !== undefined) contents.set(name, field);
  }
  const matrices = new Map<string, Matrix>();
  for (const [name, content] of contents) {
    if (content.kind !== "array" || (names !== undefined && !names.includes(name))) continue;
    matrices.set(name, matrixOf(content.read(name), content.dtype));
  }
  const required = names ?? (matrices.size === 0 ? [...contents.keys()] : []);
  for (const name of required) if (!matrices.has(name)) throw unreadable(name, contents);
  return matrices;
}

/** `data.X`: the field X of the struct data. */
function fieldOf(contents: ReadonlyMap<string, MatContent>, name: string): MatContent | undefined {
  const [struct, field] = name.split(".");
  const content = contents.get(struct);
  return field !== undefined && content?.kind === "struct" ? content.fields().get(field) : undefined;
}
