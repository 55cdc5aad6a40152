import { readFile } from "node:fs/promises";

/** Version of this package. */
export async function packageVersion(): Promise<string> {
  return JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")).version;
}
