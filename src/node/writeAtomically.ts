import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { withFileErrors } from "./fileError.js";

/**
 * Writes a file whole or not at all: the bytes go to a new file beside it, which then takes its name. Whoever reads the
 * path sees the old file or the new one, never half of one. Folders on the way are made.
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  await withFileErrors("write", path, async () => {
    await mkdir(dirname(path), { recursive: true });
    const temporary = `${path}.${randomUUID()}.tmp`;
    try {
      const file = await open(temporary, "wx");
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    } catch (thrown) {
      await rm(temporary, { force: true });
      throw thrown;
    }
  });
}
