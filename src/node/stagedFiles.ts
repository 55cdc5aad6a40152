import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, rename, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { withFileErrors } from "./fileError.js";
import { readIfThere } from "./readIfThere.js";
import { syncFolder } from "./syncFolder.js";
import { writeAtomically } from "./writeAtomically.js";

/**
 * Files of a folder that change together, though no system call replaces several files at once.
 *
 * New files are staged: written to `.new/` inside the folder, while those in the folder stay. Then one file, the record
 * (whose name and form are the caller's), takes its place with the digests of the new files in it: **that is the moment
 * the folder becomes the new one**. Only then do the staged files move into the folder, one by one. Whoever reads looks for the
 * file that has the record's digest, in the folder and in `.new/`: it finds all old files or all new ones, wherever
 * the writer was killed; and the next to write finishes the moves.
 */

/** SHA-256 of files, in hexadecimal digits, by name. */
export type Digests = Readonly<Record<string, string>>;

/** Where files of a folder wait. */
export function stagingFolder(folder: string): string {
  return join(folder, ".new");
}

export function stagedPath(folder: string, name: string): string {
  return join(stagingFolder(folder), name);
}

export function digestOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Writes a file to where it waits to become the folder's, and returns its digest. */
export async function stageFile(folder: string, name: string, content: string | Uint8Array): Promise<string> {
  await writeAtomically(stagedPath(folder, name), content);
  return digestOf(content);
}

/** Moves the staged files that the record names into the folder. */
export async function settleFiles(folder: string, names: readonly string[], digests: Digests): Promise<void> {
  for (const name of names) {
    const [staged, path] = [stagedPath(folder, name), join(folder, name)];
    const bytes = await readIfThere(staged);
    if (bytes === undefined || digestOf(bytes) !== digests[name]) continue;
    await withFileErrors("write", path, () => rename(staged, path));
  }
  await withFileErrors("write", folder, () => syncFolder(folder));
  await rmdir(stagingFolder(folder)).catch(() => undefined);
}

/** Removes staged files that no record names: they are of a run that never came to be the folder's. */
export async function removeStaged(folder: string, names: readonly string[]): Promise<void> {
  const place = stagingFolder(folder);
  if (!existsSync(place)) return;
  for (const name of names) {
    const staged = stagedPath(folder, name);
    await withFileErrors("remove", staged, () => rm(staged, { force: true }));
  }
  await removeHalfWritten(place, names);
  // What else is in there is not ours.
  await rmdir(place).catch(() => undefined);
}

/** Removes the temporary files that a process left which was killed while it wrote files of these names. */
export async function removeHalfWritten(folder: string, names: readonly string[]): Promise<void> {
  const found = await readdir(folder).catch(() => []);
  const isLeft = (file: string): boolean =>
    names.some((name) => file.startsWith(`${name}.`) && /^\.[\da-f-]{36}\.tmp$/.test(file.slice(name.length)));
  for (const file of found.filter(isLeft)) await rm(join(folder, file), { force: true });
}

/**
 * Reads the file of this name that has the digest, from the folder or from where it still waits.
 *
 * @returns its bytes; undefined where no file has the digest
 */
export async function readSettled(folder: string, name: string, digest: string): Promise<Buffer | undefined> {
  const path = join(folder, name);
  // The last once more: it may have moved between the looks.
  for (const place of [path, stagedPath(folder, name), path]) {
    const bytes = await readIfThere(place);
    if (bytes !== undefined && digestOf(bytes) === digest) return bytes;
  }
  return undefined;
}
