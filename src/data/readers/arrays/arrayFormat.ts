import { say } from "../../../constraint/codedError.js";
import { FormatError } from "../../formatError.js";
import { arraysWords } from "./words.js";

/** Formats of files that hold arrays: NumPy's one array and archive of several, IDX, MATLAB's MAT-file. */
export type ArrayFormat = "npy" | "npz" | "idx" | "mat";

/**
 * The format of a file by its name: `.npy`, `.npz`, `.mat`, `.idx`, `.idx3-ubyte` or `-idx3-ubyte`, IDX also with `.gz`;
 * undefined for any other.
 */
export function arrayFormatOf(path: string): ArrayFormat | undefined {
  const [, numpy, mat, idx] = /\.(?:(np[yz])|(mat))$|[.-](idx)\d*(?:-[a-z]+)?(?:\.gz)?$/i.exec(path) ?? [];
  return (numpy ?? mat ?? idx)?.toLowerCase() as ArrayFormat | undefined;
}

/** The format of a file by its name. */
export function requireArrayFormat(path: string): ArrayFormat {
  const format = arrayFormatOf(path);
  if (format !== undefined) return format;
  throw new FormatError(say(arraysWords, "arrays.format", { path }));
}
