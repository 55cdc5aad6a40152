import { say, within } from "../../constraint/codedError.js";
import { FormatError } from "../formatError.js";
import { ByteReader } from "./byteReader.js";
import { crc32 } from "./checksum.js";
import { inflatedLimit, inflateRaw } from "./inflate.js";
import { readerWords } from "./words.js";

const endOfDirectorySignature = 0x06054b50;
const directoryEntrySignature = 0x02014b50;
const localHeaderSignature = 0x04034b50;

/**
 * The files of a zip archive (stored or deflated, up to 4 GiB) by name. Each is inflated, and checked against its CRC-32,
 * where its content is asked for.
 *
 * fflate's `unzipSync` is not used: it allocates what the directory claims, gives back whatever came out without
 * comparing length or checksum, and keeps the files in a plain object, where `__proto__` and duplicate names get lost.
 */
export function unzip(bytes: Uint8Array, source: string, limit = inflatedLimit): Map<string, () => Uint8Array> {
  const reader = new ByteReader(bytes, source);
  reader.position = findEndOfDirectory(reader) + 8;
  const count = reader.uint16("the number of files");
  if (reader.uint16("the number of files") !== count) reader.fail(say(readerWords, "zip.parts"));
  const directoryLength = reader.uint32("the length of the directory");
  const directoryStart = reader.uint32("the place of the directory");
  if (count === 0xffff || directoryLength === 0xffffffff || directoryStart === 0xffffffff) {
    reader.fail(say(readerWords, "zip.large"));
  }

  // The whole directory is checked before anything is inflated.
  const entries = new Map<string, DirectoryEntry>();
  let compressedTotal = 0;
  let total = 0;
  reader.seek(directoryStart, "the directory");
  for (let i = 0; i < count; i++) {
    const entry = readDirectoryEntry(reader);
    if (entries.has(entry.name)) reader.fail(say(readerWords, "zip.twice", { file: entry.name }), entry.position);
    entries.set(entry.name, entry);
    compressedTotal += entry.compressedLength;
    if (compressedTotal > bytes.length) reader.fail(say(readerWords, "zip.overlap"), entry.position);
    total += entry.length;
    if (total > limit) reader.fail(say(readerWords, "zip.tooLong", { most: limit }), entry.position);
  }
  if (reader.position !== directoryStart + directoryLength) {
    reader.fail(say(readerWords, "zip.directoryEnd", { entries: count }));
  }

  const files = new Map<string, () => Uint8Array>();
  for (const [name, entry] of entries) files.set(name, () => readFile(bytes, entry, source));
  return files;
}

interface DirectoryEntry {
  readonly position: number;
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly compressedLength: number;
  readonly length: number;
  readonly start: number;
}

/** The record at the end of an archive is found by its signature and by a comment that reaches just to the end. */
function findEndOfDirectory(reader: ByteReader): number {
  const { bytes } = reader;
  const earliest = Math.max(0, bytes.length - 22 - 0xffff);
  for (let position = bytes.length - 22; position >= earliest; position--) {
    if (bytes[position] !== 0x50) continue;
    reader.position = position;
    if (reader.uint32("the signature") !== endOfDirectorySignature) continue;
    reader.position = position + 20;
    if (reader.uint16("the length of the comment") === bytes.length - position - 22) return position;
  }
  throw new FormatError(within(reader.source, say(readerWords, "zip.noDirectory")));
}

function readDirectoryEntry(reader: ByteReader): DirectoryEntry {
  const position = reader.position;
  if (reader.uint32("a directory entry") !== directoryEntrySignature) {
    reader.fail(say(readerWords, "zip.entry"), position);
  }
  reader.take(4, "the versions");
  const flags = reader.uint16("the flags");
  const method = reader.uint16("the compression method");
  reader.take(4, "the time");
  const crc = reader.uint32("the checksum");
  const compressedLength = reader.uint32("the compressed length");
  const length = reader.uint32("the length");
  const nameLength = reader.uint16("the length of the name");
  const extraLength = reader.uint16("the length of the extra field");
  const commentLength = reader.uint16("the length of the comment");
  reader.take(8, "the attributes");
  const start = reader.uint32("the place of the file");
  // Names that are not valid UTF-8 get replacement characters: good enough to tell files apart and to name them.
  const name = new TextDecoder().decode(reader.take(nameLength, "the name"));
  reader.take(extraLength + commentLength, "extra field and comment");

  if (flags & 1) reader.fail(say(readerWords, "zip.encrypted", { file: name }), position);
  if (method !== 0 && method !== 8) {
    reader.fail(say(readerWords, "zip.method", { file: name, method }), position);
  }
  if (length === 0xffffffff || compressedLength === 0xffffffff || start === 0xffffffff) {
    reader.fail(say(readerWords, "zip.largeFile", { file: name }), position);
  }
  // DEFLATE turns one byte into at most 1,032 (two bits for 258 bytes); a claim beyond that is a lie.
  if (method === 0 ? length !== compressedLength : length > compressedLength * 1032) {
    reader.fail(say(readerWords, "zip.size", { file: name, bytes: length, stored: compressedLength }), position);
  }
  return { position, name, method, crc, compressedLength, length, start };
}

function readFile(bytes: Uint8Array, entry: DirectoryEntry, source: string): Uint8Array {
  const reader = new ByteReader(bytes, say(readerWords, "zip.file", { archive: source, file: entry.name }));
  reader.seek(entry.start, "the local header");
  if (reader.uint32("the local header") !== localHeaderSignature) {
    reader.fail(say(readerWords, "zip.header"), entry.start);
  }
  reader.take(22, "the local header");
  const nameLength = reader.uint16("the length of the name");
  const extraLength = reader.uint16("the length of the extra field");
  const name = new TextDecoder().decode(reader.take(nameLength, "the name"));
  if (name !== entry.name) reader.fail(say(readerWords, "zip.name", { file: name }), entry.start);
  reader.take(extraLength, "the extra field");
  const start = reader.position;
  const stored = reader.take(entry.compressedLength, "the data");
  const content = entry.method === 0 ? stored : inflateRaw(stored, entry.length, (said) => reader.fail(said, start));
  if (content.length !== entry.length || crc32(content) !== entry.crc) {
    reader.fail(say(readerWords, "zip.checksum"), start);
  }
  return content;
}
