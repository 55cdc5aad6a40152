import { CodedError, type Said, within } from "../constraint/codedError.js";

/**
 * Outside input that cannot be read: a file that is truncated, malformed, hostile, or of a kind not supported.
 * The message says where (line and column of a table, byte of a binary file), what was found and what to do.
 *
 * @example
 * import { FormatError } from "gradproof";
 * import { parseCsv } from "gradproof/csv";
 * let caught: FormatError | undefined;
 * try {
 *   parseCsv("x,y\n1,0\n2\n");
 * } catch (error) {
 *   if (error instanceof FormatError) caught = error;
 * }
 * caught?.code; // => "csv.cells"
 * caught?.details.numbers; // => { line: 3, cells: 1, columns: 2 }
 * caught?.message; // => 'CSV: line 3 has 1 cell, the header has 2 columns (delimiter ","); fill the row up, or leave it out'
 */
export class FormatError extends CodedError {
  override readonly name = "FormatError";
}

/** What was thrown, where it is a FormatError with the place before what it says, such as the file's path. */
export function formatErrorIn(place: string | Said, thrown: unknown): unknown {
  return thrown instanceof FormatError ? new FormatError(within(place, thrown), { cause: thrown }) : thrown;
}
