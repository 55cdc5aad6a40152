import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { withFileErrors } from "./fileError.js";
import { makeFolder, syncFolder } from "./syncFolder.js";

/**
 * Writes a file whole or not at all: the bytes go to a new file beside it, are flushed to the disk, and then take its name.
 * Whoever reads the path, after a power cut too, finds the old file or the new one, never half of one. Folders on the way
 * are made.
 *
 * @param content part by part where it is made while it is written
 * @param beforeTakingItsName is run once the new bytes are safe, while the path still has the old file
 */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array | AsyncIterable<string>,
  beforeTakingItsName?: () => Promise<void>,
): Promise<void> {
  await withFileErrors("write", path, async () => {
    await makeFolder(dirname(path));
    const temporary = `${path}.${randomUUID()}.tmp`;
    try {
      const file = await open(temporary, "wx");
      try {
        if (typeof content === "string" || content instanceof Uint8Array) await file.writeFile(content);
        else for await (const part of content) await file.writeFile(part);
        await file.sync();
      } finally {
        await file.close();
      }
      await beforeTakingItsName?.();
      await rename(temporary, path);
    } catch (thrown) {
      await rm(temporary, { force: true });
      throw thrown;
    }
    await syncFolder(dirname(path));
  });
}
