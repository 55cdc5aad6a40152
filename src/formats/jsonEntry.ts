import { OptionError } from "../constraint/constraint.js";
import { FormatError } from "../data/formatError.js";
import type { SafetensorsFile } from "./safetensors.js";

/**
 * One JSON text of a file's metadata, parsed and checked; undefined where the file has none.
 *
 * @param kind what the file is, for messages: `model`, `checkpoint`
 */
export function jsonEntry<T>(
  kind: string,
  file: SafetensorsFile,
  name: string,
  parse: (json: unknown) => T,
): T | undefined {
  const text = file.metadata.get(name);
  if (text === undefined) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new FormatError(`${kind}: the entry ${name} of the metadata is no JSON`);
  }
  try {
    return parse(json);
  } catch (error) {
    if (error instanceof OptionError || error instanceof FormatError) {
      throw new FormatError(`${kind}: ${name}: ${error.message}`);
    }
    throw error;
  }
}

/**
 * Requires that a file says of itself that it is of a format we read.
 *
 * @param formats those read, the one that is written now first
 */
export function requireFormat(kind: string, file: SafetensorsFile, ...formats: readonly string[]): void {
  const written = file.metadata.get("format");
  if (written !== undefined && formats.includes(written)) return;
  const what =
    written === undefined ? `no gradproof ${kind} (it has no entry format)` : `of format ${JSON.stringify(written)}`;
  const expected = formats.map((format) => JSON.stringify(format)).join(" or ");
  throw new FormatError(`${kind}: the file is ${what}; expected ${expected}`);
}
