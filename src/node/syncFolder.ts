import { mkdir, open } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { codeOf } from "./fileError.js";

/**
 * Where a file system has nothing to flush, or does not let a folder be opened for it: Windows, some network shares, a folder
 * that may be written but not read.
 */
const unsupported = new Set(["EACCES", "EBADF", "EINVAL", "EISDIR", "ENOSYS", "ENOTSUP", "EPERM"]);

/**
 * Flushes a folder's list of names to the disk: without it, a new name or a renamed file can be gone after a power cut,
 * though the file's content was flushed. On Windows, where that cannot be asked for, nothing is done.
 */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  try {
    const folder = await open(path, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (thrown) {
    if (!unsupported.has(String(codeOf(thrown)))) throw thrown;
  }
}

/** Makes a folder and those on the way to it that are missing, and flushes their names to the disk. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  const top = dirname(resolve(first));
  for (let made = resolve(path); made !== top && made !== dirname(made); made = dirname(made)) {
    await syncFolder(dirname(made));
  }
}
