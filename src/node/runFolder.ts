import { access, constants, mkdir } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { OptionError, show } from "../constraint/constraint.js";
import { requireText } from "../constraint/kinds.js";
import { codeOf, isMissing, withFileErrors } from "./fileError.js";
import { FolderLock } from "./folderLock.js";
import { makeFolder, syncFolder } from "./syncFolder.js";

/**
 * Makes a new folder for the files of a run, `<parent>/<date>-<name>`, or with `-2`, `-3`, … behind it where that exists:
 * no run overwrites another.
 *
 * @returns the path of the folder, which is empty
 *
 * @example
 * import { mkdtempSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { basename, join } from "node:path";
 * import { makeRunFolder } from "gradproof/node";
 * const parent = mkdtempSync(join(tmpdir(), "runs-"));
 * const date = new Date(2026, 0, 31);
 * basename(await makeRunFolder(parent, "payments", date)); // => "2026-01-31-payments"
 * basename(await makeRunFolder(parent, "payments", date)); // => "2026-01-31-payments-2"
 */
export async function makeRunFolder(parent: string, name: string, date: Date): Promise<string> {
  requireText("makeRunFolder(): parent", parent, "the path of a folder");
  requireText("makeRunFolder(): name", name, "the name of a run");
  if (!(date instanceof Date)) throw new OptionError(`makeRunFolder(): date must be a Date, got ${show(date)}`);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0"));
  return makeNewFolder(join(parent, `${day.join("-")}-${safeName(name)}`));
}

/** Makes a folder that was not there, of this name or with `-2`, `-3`, … behind it, and returns its path. */
export async function makeNewFolder(base: string): Promise<string> {
  return withFileErrors("make the folder", base, async () => {
    await makeFolder(dirname(base));
    for (let count = 1; ; count++) {
      const path = count === 1 ? base : `${base}-${count}`;
      try {
        await mkdir(path);
        await syncFolder(dirname(path));
        return path;
      } catch (thrown) {
        // Not recursive, so that an existing folder is an error and two runs at once never share one.
        if (codeOf(thrown) !== "EEXIST") throw thrown;
      }
    }
  });
}

/**
 * Takes a folder for one run or one sweep, until the lock is released.
 *
 * @throws OptionError where another run or sweep has it; FileError where it cannot be written into
 */
export async function lockRunFolder(folder: string): Promise<FolderLock> {
  return FolderLock.take(
    folder,
    "run",
    (holder) =>
      `another run or sweep is at work in ${folder} (${holder}); wait until it has ended, or give another folder`,
  );
}

/**
 * Checks that files can be written into a folder, which need not exist yet; nothing is made.
 *
 * @throws FileError saying why not
 */
export async function requireWritableFolder(path: string): Promise<void> {
  await withFileErrors("write into", path, async () => {
    for (let place = resolve(path); ; place = dirname(place)) {
      try {
        // The trailing separator makes a file in the way an error (ENOTDIR).
        await access(`${place}${sep}`, constants.W_OK);
        return;
      } catch (thrown) {
        if (!isMissing(thrown) || dirname(place) === place) throw thrown;
      }
    }
  });
}

/** The name with everything replaced that a file system might not take. */
function safeName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 60) || "run";
}
