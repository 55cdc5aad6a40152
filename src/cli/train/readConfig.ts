import { readFile } from "node:fs/promises";
import { OptionError } from "../../constraint/constraint.js";
import { withFileErrors } from "../../node/fileError.js";
import { type ConfigFile, parseTrainConfig } from "./config.js";

/** The options in a file that an earlier run wrote. */
export async function readConfig(path: string): Promise<ConfigFile> {
  return configIn(path, await withFileErrors("read", path, () => readFile(path, "utf8")));
}

/** The same, where the file is read already. */
export function configIn(path: string, text: string): ConfigFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw new OptionError(`${path} is no JSON: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
  return parseTrainConfig(path, value);
}
