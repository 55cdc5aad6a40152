import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { say } from "../constraint/codedError.js";
import { FormatError } from "../data/formatError.js";
import type { ByteSource } from "../data/readers/textSource.js";
import { nodeWords } from "./words.js";

const pieceLength = 1 << 20;

/** What compressed data may come to. */
const mostUnpacked = 2 ** 31;

/** The bytes of a file, of what comes through a pipe, or for `-` of standard input; of gzip those that it holds. */
export async function fileSource(path: string): Promise<ByteSource> {
  if (path === "-") return gathered(process.stdin);
  if (!statSync(path).isFile()) return gathered(createReadStream(path));
  const source = plainFile(path);
  for (const head of source.pieces()) {
    return head[0] === 0x1f && head[1] === 0x8b ? gathered(createReadStream(path)) : source;
  }
  return source;
}

/** A file on disk: read again each time, and never in memory as a whole. */
function plainFile(path: string): ByteSource {
  return {
    size: statSync(path).size,
    *pieces() {
      const file = openSync(path, "r");
      try {
        const buffer = new Uint8Array(pieceLength);
        for (;;) {
          const length = readSync(file, buffer, 0, pieceLength, null);
          if (length === 0) return;
          yield buffer.subarray(0, length);
        }
      } finally {
        closeSync(file);
      }
    },
  };
}

/** What can be read once only, kept in memory in pieces. */
async function gathered(stream: Readable): Promise<ByteSource> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of await unpacked(stream)) {
    pieces.push(piece);
    size += piece.length;
    if (size > mostUnpacked)
      throw new FormatError(say(nodeWords, "table.unpacked", { mebibytes: mostUnpacked / 2 ** 20 }));
  }
  return { size, pieces: () => pieces };
}

async function unpacked(stream: Readable): Promise<AsyncIterable<Uint8Array>> {
  const bytes: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]();
  const first = await bytes.next();
  async function* all(): AsyncIterable<Uint8Array> {
    if (first.done !== true) yield first.value;
    for (;;) {
      const next = await bytes.next();
      if (next.done === true) return;
      yield next.value;
    }
  }
  const isPacked = first.done !== true && first.value[0] === 0x1f && first.value[1] === 0x8b;
  if (!isPacked) return all();
  const packed = Readable.from(all());
  const gunzip = createGunzip();
  packed.once("error", (error) => gunzip.destroy(error));
  return packed.pipe(gunzip);
}
