/**
 * Reads event files from the published definitions alone: record_writer.h (framing), protobuf's encoding guide, and the
 * field numbers of event.proto, summary.proto and histogram.proto. Shares nothing with what writes them.
 */
export interface DecodedEvent {
  readonly wallTime: number;
  readonly step: number;
  readonly fileVersion?: string;
  readonly scalars: ReadonlyMap<string, number>;
  readonly histograms: ReadonlyMap<string, DecodedHistogram>;
}

export interface DecodedHistogram {
  readonly min: number;
  readonly max: number;
  readonly num: number;
  readonly sum: number;
  readonly sumSquares: number;
  readonly limits: readonly number[];
  readonly counts: readonly number[];
}

/** CRC-32C bit by bit, as a division of polynomials. */
export function slowCrc32c(bytes: Uint8Array): number {
  let crc = 0xffffffffn;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0x82f63b78n : crc >> 1n;
  }
  return Number(crc ^ 0xffffffffn);
}

function unmask(masked: number): number {
  const rotated = (BigInt(masked) - 0xa282ead8n) & 0xffffffffn;
  return Number(((rotated >> 17n) | (rotated << 15n)) & 0xffffffffn);
}

/** All whole records; a torn one at the end is left out, as TensorBoard does. */
export function decodeEvents(bytes: Uint8Array): DecodedEvent[] {
  // A Buffer lies somewhere in a pool and its slices are no copies.
  const file = new Uint8Array(bytes);
  const events: DecodedEvent[] = [];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 0; at + 12 <= file.length; ) {
    if (unmask(view.getUint32(at + 8, true)) !== slowCrc32c(file.subarray(at, at + 8)))
      throw new Error(`length at ${at}`);
    const length = Number(view.getBigUint64(at, true));
    if (at + 16 + length > file.length) break;
    const data = file.subarray(at + 12, at + 12 + length);
    if (unmask(view.getUint32(at + 12 + length, true)) !== slowCrc32c(data)) throw new Error(`data at ${at}`);
    events.push(event(data));
    at += 16 + length;
  }
  return events;
}

type Field = { readonly field: number; readonly wire: number; readonly value: bigint; readonly bytes: Uint8Array };

function fields(message: Uint8Array): Field[] {
  const found: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const key = varint();
    const wire = Number(key & 7n);
    const value = wire === 0 ? varint() : 0n;
    const length = wire === 0 ? 0 : wire === 1 ? 8 : wire === 5 ? 4 : Number(varint());
    if (![0, 1, 2, 5].includes(wire) || at + length > message.length) throw new Error(`wire type ${wire} at ${at}`);
    found.push({ field: Number(key >> 3n), wire, value, bytes: message.slice(at, at + length) });
    at += length;
  }
  return found;
}

const float64 = (bytes: Uint8Array, at = 0): number => new DataView(bytes.buffer).getFloat64(at, true);
const text = (bytes: Uint8Array): string => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

function event(message: Uint8Array): DecodedEvent {
  let wallTime = 0;
  let step = 0;
  let fileVersion: string | undefined;
  const scalars = new Map<string, number>();
  const histograms = new Map<string, DecodedHistogram>();
  for (const { field, wire, value, bytes } of fields(message)) {
    if (field === 1 && wire === 1) wallTime = float64(bytes);
    else if (field === 2 && wire === 0) step = Number(value);
    else if (field === 3 && wire === 2) fileVersion = text(bytes);
    else if (field === 5 && wire === 2) summary(bytes, scalars, histograms);
    else throw new Error(`Event has no field ${field} of wire type ${wire}`);
  }
  return { wallTime, step, ...(fileVersion !== undefined && { fileVersion }), scalars, histograms };
}

function summary(message: Uint8Array, scalars: Map<string, number>, histograms: Map<string, DecodedHistogram>): void {
  for (const { field, wire, bytes } of fields(message)) {
    if (field !== 1 || wire !== 2) throw new Error(`Summary has no field ${field}`);
    let tag = "";
    for (const part of fields(bytes)) {
      if (part.field === 1 && part.wire === 2) tag = text(part.bytes);
      else if (part.field === 2 && part.wire === 5)
        scalars.set(tag, new DataView(part.bytes.buffer).getFloat32(0, true));
      else if (part.field === 5 && part.wire === 2) histograms.set(tag, histogram(part.bytes));
      else throw new Error(`Summary.Value has no field ${part.field}`);
    }
  }
}

function histogram(message: Uint8Array): DecodedHistogram {
  const doubles: number[][] = Array.from({ length: 8 }, () => []);
  for (const { field, wire, bytes } of fields(message)) {
    if (field < 1 || field > 7 || wire !== (field < 6 ? 1 : 2)) throw new Error(`HistogramProto has no field ${field}`);
    for (let at = 0; at < bytes.length; at += 8) doubles[field].push(float64(bytes, at));
  }
  const [, [min], [max], [num], [sum], [sumSquares], limits, counts] = doubles;
  return { min, max, num, sum, sumSquares, limits, counts };
}
