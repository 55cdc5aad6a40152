/**
 * Compressed parts of files from outside. fflate does the inflating; what is added here is what it leaves out: a limit
 * on the size of the result and the checksum of the container.
 */

import { Inflate } from "fflate";
import { requireBytes } from "../../constraint/kinds.js";
import { ByteReader } from "./byteReader.js";
import { adler32, crc32 } from "./checksum.js";

/** Most bytes that one file may inflate to: 1 GiB. */
export const inflatedLimit = 2 ** 30;

type Fail = (message: string) => never;

/**
 * Inflates a raw DEFLATE stream of at most `limit` bytes. A claimed length is never trusted with an allocation: the
 * result grows as data arrive.
 */
export function inflateRaw(deflated: Uint8Array, limit: number, fail: Fail): Uint8Array {
  const parts: Uint8Array[] = [];
  let total = 0;
  let tooLong = false;
  const inflate = new Inflate((part) => {
    total += part.length;
    tooLong = total > limit;
    if (!tooLong && part.length > 0) parts.push(part);
  });
  // DEFLATE expands at most 1,032-fold, so no step can add more than 17 MB before the limit is looked at.
  const step = 16384;
  for (let start = 0; start === 0 || start < deflated.length; start += step) {
    const before = total;
    const last = start + step >= deflated.length;
    try {
      inflate.push(deflated.subarray(start, start + step), last);
    } catch (error) {
      fail(`the compressed data are damaged (${error instanceof Error ? error.message : String(error)})`);
    }
    if (tooLong) fail(`the compressed data expand to more than ${limit} bytes; store them uncompressed`);
    // Without this, data after the end of the stream would pile up inside fflate, copied at every step.
    if (total === before && !last) fail("the compressed data go on after their end");
  }
  return concatenated(parts, total);
}

/** Inflates a zlib stream (RFC 1950) and checks its Adler-32. */
export function inflateZlib(bytes: Uint8Array, limit: number, fail: Fail): Uint8Array {
  if (bytes.length < 6) fail(`a zlib stream has at least 6 bytes, got ${bytes.length}`);
  if ((bytes[0] & 0x0f) !== 8 || ((bytes[0] << 8) | bytes[1]) % 31 !== 0 || (bytes[1] & 0x20) !== 0) {
    fail("the compressed data do not begin with a zlib header");
  }
  const end = bytes.length - 4;
  const inflated = inflateRaw(bytes.subarray(2, end), limit, fail);
  const expected = new DataView(bytes.buffer, bytes.byteOffset + end, 4).getUint32(0);
  if (adler32(inflated) !== expected) fail("the compressed data do not match their checksum; the file is damaged");
  return inflated;
}

/** Whether the bytes begin as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  requireBytes("the bytes of a file", bytes);
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Inflates a gzip file of one member (RFC 1952) and checks its CRC-32. */
export function gunzip(bytes: Uint8Array, source: string, limit = inflatedLimit): Uint8Array {
  const reader = new ByteReader(bytes, `${source} (gzip)`);
  reader.take(2, "the magic number");
  const method = reader.uint8("the compression method");
  if (method !== 8) reader.fail(`compression method ${method} is unknown; expected 8, DEFLATE`, 2);
  const flags = reader.uint8("the flags");
  reader.take(6, "time and system");
  if (flags & 4) reader.take(reader.uint16("the length of the extra field"), "the extra field");
  for (const [flag, what] of [
    [8, "the file name"],
    [16, "the comment"],
  ] as const) {
    if (flags & flag) while (reader.uint8(what) !== 0);
  }
  if (flags & 2) reader.take(2, "the checksum of the header");
  const start = reader.position;
  if (reader.left < 8) reader.fail("the file is truncated");
  const inflated = inflateRaw(reader.take(reader.left - 8, "the data"), limit, (message) =>
    reader.fail(message, start),
  );
  if (reader.uint32("the checksum") !== crc32(inflated) || reader.uint32("the length") !== inflated.length % 2 ** 32) {
    reader.fail("the data do not match their checksum; the file is damaged or has several members", start);
  }
  return inflated;
}

function concatenated(parts: readonly Uint8Array[], total: number): Uint8Array {
  const result = new Uint8Array(total);
  let position = 0;
  for (const part of parts) {
    result.set(part, position);
    position += part.length;
  }
  return result;
}
