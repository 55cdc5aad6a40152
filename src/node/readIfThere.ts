import { readFile } from "node:fs/promises";
import { isMissing, withFileErrors } from "./fileError.js";

/**
 * The bytes of a file; undefined where there is none.
 *
 * @throws FileError where it is there and cannot be read
 */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await withFileErrors("read", path, () => readFile(path));
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  }
}
