import { requireBytes } from "../../constraint/kinds.js";
import { FormatError } from "../formatError.js";

/** Reads a binary file front to back. Whatever does not fit in the bytes at hand is an error that names the place. */
export class ByteReader {
  readonly bytes: Uint8Array;
  /** What is being read, for messages: `MAT-file`, `.npy`. */
  readonly source: string;
  littleEndian: boolean;
  position = 0;
  private readonly view: DataView;

  constructor(bytes: Uint8Array, source: string, littleEndian = true) {
    requireBytes(source, bytes);
    this.bytes = bytes;
    this.source = source;
    this.littleEndian = littleEndian;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Bytes not read yet. */
  get left(): number {
    return this.bytes.length - this.position;
  }

  uint8(what: string): number {
    return this.view.getUint8(this.advance(1, what));
  }

  uint16(what: string): number {
    return this.view.getUint16(this.advance(2, what), this.littleEndian);
  }

  uint32(what: string): number {
    return this.view.getUint32(this.advance(4, what), this.littleEndian);
  }

  int32(what: string): number {
    return this.view.getInt32(this.advance(4, what), this.littleEndian);
  }

  /** The next `length` bytes, as a view. */
  take(length: number, what: string): Uint8Array {
    const start = this.advance(length, what);
    return this.bytes.subarray(start, start + length);
  }

  /** A reader of the next `length` bytes alone; places in its messages are places in the whole. */
  part(length: number, what: string): ByteReader {
    const start = this.advance(length, what);
    const part = new ByteReader(this.bytes.subarray(0, start + length), this.source, this.littleEndian);
    part.position = start;
    return part;
  }

  /** The next `length` bytes as Latin-1 text. */
  text(length: number, what: string): string {
    let text = "";
    for (const byte of this.take(length, what)) text += String.fromCharCode(byte);
    return text;
  }

  /** Goes on reading at another place. */
  seek(position: number, what: string): void {
    if (position > this.bytes.length)
      this.fail(`${what} is at byte ${position}, outside the ${this.bytes.length} bytes`);
    this.position = position;
  }

  fail(message: string, position = this.position): never {
    throw new FormatError(`${this.source}: byte ${position}: ${message}`);
  }

  /** An error unless `length` bytes are left: to be asked before memory is allocated for them. */
  require(length: number, what: string): void {
    if (length > this.left) {
      this.fail(`${what} needs ${length} bytes but ${this.left} are left; the file is truncated or damaged`);
    }
  }

  private advance(length: number, what: string): number {
    this.require(length, what);
    const start = this.position;
    this.position += length;
    return start;
  }
}
