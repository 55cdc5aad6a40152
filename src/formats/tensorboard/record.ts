import { crc32c } from "./crc32c.js";

/**
 * A TFRecord: length (uint64), masked CRC-32C of the length, data, masked CRC-32C of the data, all little-endian. A
 * record torn by a crash fails its checksum, and readers stop before it.
 *
 * Source: tensorflow/core/lib/io/record_writer.h.
 */
export function tfRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(12 + data.length + 4);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCrc(record.subarray(0, 8)), true);
  record.set(data, 12);
  view.setUint32(12 + data.length, maskedCrc(data), true);
  return record;
}

/** Rotated right by 15 bits, plus a constant: the CRC of data that holds its own CRC would be weak. */
function maskedCrc(data: Uint8Array): number {
  const crc = crc32c(data);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
