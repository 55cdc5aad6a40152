/**
 * Writes the fields of a protobuf message, as far as event files need: varint, fixed64, fixed32, length-delimited.
 *
 * Source: https://protobuf.dev/programming-guides/encoding.
 */
export class ProtobufWriter {
  private readonly bytes: number[] = [];

  /** A whole number ≥ 0, at most 2⁵³ − 1. */
  int64(field: number, value: number): this {
    this.varint(field * 8);
    this.varint(value);
    return this;
  }

  double(field: number, value: number): this {
    this.varint(field * 8 + 1);
    this.append(doubleBytes([value]));
    return this;
  }

  float(field: number, value: number): this {
    this.varint(field * 8 + 5);
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.append(bytes);
    return this;
  }

  string(field: number, value: string): this {
    return this.delimited(field, new TextEncoder().encode(value));
  }

  message(field: number, value: ProtobufWriter): this {
    return this.delimited(field, value.finish());
  }

  /** `repeated double`, packed. */
  doubles(field: number, values: ArrayLike<number>): this {
    return this.delimited(field, doubleBytes(values));
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }

  private delimited(field: number, value: Uint8Array): this {
    this.varint(field * 8 + 2);
    this.varint(value.length);
    this.append(value);
    return this;
  }

  /** Seven bits a byte, the lowest first. Not by shifts, which end at 32 bits. */
  private varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.bytes.push(rest);
  }

  private append(bytes: Uint8Array): void {
    for (const byte of bytes) this.bytes.push(byte);
  }
}

function doubleBytes(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i], true);
  return bytes;
}
