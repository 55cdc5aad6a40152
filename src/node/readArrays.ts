import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { arrayFormatOf, requireArrayFormat } from "../data/readers/arrays/arrayFormat.js";
import { type ArrayFile, type ArrayTable, parseArrays } from "../data/readers/arrays/parseArrays.js";
import { withFileErrors } from "./fileError.js";

/** Whether a file holds arrays, by its name; see `arrayFormatOf`. */
export function isArrayFile(path: string): boolean {
  return arrayFormatOf(path) !== undefined;
}

/** What is known beside the path of the examples. */
export interface ReadArraysOptions {
  /** The path of the labels; without it, and without `y` in the file itself, the table has no labels. */
  readonly labels?: string | undefined;
  /** The number of features that a model expects: tells rows from columns in a MAT-file without labels. */
  readonly features?: number;
}

/**
 * Reads examples from a file of arrays, and their labels where they are in a file of their own; see `parseArrays`.
 *
 * @throws FileError where a file cannot be read, FormatError where it does not hold such arrays; both name the file
 */
export async function readArrays(path: string, { labels, ...options }: ReadArraysOptions = {}): Promise<ArrayTable> {
  const file = await readArrayFile(path);
  return parseArrays(file, labels === undefined ? options : { ...options, labels: await readArrayFile(labels) });
}

async function readArrayFile(path: string): Promise<ArrayFile> {
  requireArrayFormat(path);
  return { name: basename(path), bytes: await withFileErrors("read", path, () => readFile(path)) };
}
