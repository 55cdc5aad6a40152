import { readFile } from "node:fs/promises";
import { withFileErrors } from "../../node/fileError.js";
import type { CliContext } from "../context.js";

/** Files for other languages, which lie in the package beside the compiled library. */
const files = { python: "python/gradproof_check.py", c: "c/gradproof_check.h" } as const;

/** Prints the file with which a program in another language is checked. */
export async function printSource(context: CliContext, language: keyof typeof files): Promise<void> {
  const url = new URL(`../../../${files[language]}`, import.meta.url);
  context.process.stdout.write(await withFileErrors("read", files[language], () => readFile(url, "utf8")));
}
