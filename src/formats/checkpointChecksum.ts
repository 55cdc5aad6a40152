/**
 * The checksum of a checkpoint's file: 64 bits over every byte but its own digits, so that a file in which a bit has flipped,
 * wherever it is, is never taken for a checkpoint. Its digits stand at a place of their own, in the second entry of the
 * metadata.
 */

import { say, within } from "../constraint/codedError.js";
import { FormatError } from "../data/formatError.js";
import { Hash } from "../training/hash.js";
import { checkpointWords } from "./checkpointWords.js";
import { metadataKey } from "./safetensorsHeader.js";

/** Written into every checkpoint; a reader refuses versions it does not know. */
export const checkpointFormat = "gradproof checkpoint 2";

/** Written into a file of several members' checkpoints. */
export const membersFormat = "gradproof members 1";

/** What version 0.1 wrote: the same, without a checksum. */
export const checkpointFormatUnsealed = "gradproof checkpoint 1";

const digits = 16;

/** The first entries of the metadata of a file that is to be sealed. */
export function unsealed(format: string): readonly (readonly [string, string])[] {
  return [
    ["format", format],
    ["checksum", "0".repeat(digits)],
  ];
}

/** All that stands before the digits, but for the length of the header. */
const headOf = (format: string): Uint8Array =>
  new TextEncoder().encode(`{"${metadataKey}":{"format":"${format}","checksum":"`);
const placeOf = (format: string): number => 8 + headOf(format).length;

/** Writes the checksum into a file whose metadata begins with `unsealed`; gives back the same bytes. */
export function seal(bytes: Uint8Array, format: string): Uint8Array {
  const place = placeOf(format);
  bytes.set(new TextEncoder().encode(checksumOf(bytes, place)), place);
  return bytes;
}

/** @throws FormatError where the bytes are not as they were sealed */
export function requireSealed(bytes: Uint8Array, format: string): void {
  const place = placeOf(format);
  const begun = headOf(format).every((byte, i) => bytes[8 + i] === byte);
  const written = new TextDecoder("latin1").decode(bytes.subarray(place, place + digits));
  if (!begun || written !== checksumOf(bytes, place)) {
    throw new FormatError(within("checkpoint", say(checkpointWords, "checkpoint.damaged")));
  }
}

function checksumOf(bytes: Uint8Array, place: number): string {
  const hash = new Hash();
  hash.add(bytes.subarray(0, place));
  hash.add(bytes.subarray(place + digits));
  return hash.text;
}
