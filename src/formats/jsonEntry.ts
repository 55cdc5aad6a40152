import { say, within } from "../constraint/codedError.js";
import { OptionError } from "../constraint/constraint.js";
import { FormatError } from "../data/formatError.js";
import type { SafetensorsFile } from "./safetensors.js";
import { formatsWords } from "./words.js";

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
    throw new FormatError(within(kind, say(formatsWords, "metadata.json", { name })));
  }
  try {
    return parse(json);
  } catch (error) {
    if (error instanceof OptionError || error instanceof FormatError) {
      throw new FormatError(within(kind, within(name, error)));
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
  const said =
    written === undefined
      ? say(formatsWords, "metadata.noFormat", { kind, expected: formats })
      : say(formatsWords, "metadata.format", { found: written, expected: formats });
  throw new FormatError(within(kind, said));
}
