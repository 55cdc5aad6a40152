import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { type ByteSource, sourceOf } from "../data/readers/textSource.js";
import { fileErrorOf } from "./fileError.js";

const pieceLength = 1 << 22;

/**
 * A file as a source of bytes that is read piece by piece, as often as it is asked for. A pipe, which can be read once, is taken
 * into memory.
 *
 * @throws FileError where it cannot be read, now or later
 */
export function fileSource(path: string): ByteSource {
  const reading = <T>(read: () => T): T => {
    try {
      return read();
    } catch (thrown) {
      throw fileErrorOf("read", path, thrown);
    }
  };
  const found = reading(() => statSync(path));
  if (!found.isFile()) return sourceOf(reading(() => readFileSync(path)));
  return {
    size: found.size,
    *pieces() {
      const file = reading(() => openSync(path, "r"));
      try {
        for (;;) {
          const piece = new Uint8Array(pieceLength);
          const length = reading(() => readSync(file, piece));
          if (length === 0) return;
          yield piece.subarray(0, length);
        }
      } finally {
        closeSync(file);
      }
    },
  };
}
