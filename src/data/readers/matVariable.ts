import type { DType } from "../../array/floatArray.js";
import { type Said, say } from "../../constraint/codedError.js";
import type { ByteReader } from "./byteReader.js";
import { matrixElement, readElement } from "./matElements.js";
import { asLogical, type NumberArray, type NumberType, readNumbers, sizeOf } from "./numbers.js";
import type { StoredArray } from "./storedArray.js";
import { type MatKind, readerWords } from "./words.js";

/** What a variable of a MAT-file, or a field of a struct, holds. */
export type MatContent = MatArray | MatStruct | MatOther;

/** A real matrix with entries. */
export interface MatArray {
  readonly kind: "array";
  readonly dtype: DType;
  /** @param name for messages */
  readonly read: (name: string) => StoredArray;
}

/** Something else. */
export interface MatOther {
  readonly kind: "other";
  /** What is said of it where a matrix is wanted. */
  readonly notMatrix: (name: string) => Said;
}

/** One struct, not an array of several. */
export interface MatStruct extends Omit<MatOther, "kind"> {
  readonly kind: "struct";
  readonly fields: () => Map<string, MatContent>;
}

/** Types of data elements that hold numbers, by their number in a tag. */
const storageTypes: ReadonlyMap<number, NumberType> = new Map([
  [1, "int8"],
  [2, "uint8"],
  [3, "int16"],
  [4, "uint16"],
  [5, "int32"],
  [6, "uint32"],
  [7, "float32"],
  [9, "float64"],
  [12, "int64"],
  [13, "uint64"],
]);

/** Classes of variables that are no arrays of numbers. Classes 6 (double) to 15 (uint64) are. */
const otherClasses: ReadonlyMap<number, MatKind> = new Map<number, MatKind>([
  [1, "cell"],
  [2, "struct"],
  [3, "object"],
  [4, "char"],
  [5, "sparse"],
  [16, "function_handle"],
  [17, "object"],
]);
const structClass = 2;
const singleClass = 7;
const opaqueClass = 17;
const complexFlag = 0x08;
const logicalFlag = 0x02;

/** Reads what a variable is; its numbers, or its fields, only once they are asked for. */
export function readVariable(reader: ByteReader): { readonly name: string; readonly content: MatContent } {
  const flags = readFlags(reader);
  if (flags.class === opaqueClass) return { name: readName(reader), content: ofKind("object") };
  const shape = readDimensions(reader);
  const name = readName(reader);
  const size = shape.reduce((product, length) => product * length, 1);
  if (flags.class === structClass && size === 1) {
    return { name, content: { ...ofKind("struct"), kind: "struct", fields: () => readFields(reader, name) } };
  }
  const kind = otherClasses.get(flags.class);
  if (kind !== undefined) return { name, content: ofKind(kind) };
  if (flags.class < 6 || flags.class > 15) reader.fail(say(readerWords, "mat.class", { name, type: flags.class }));
  if (flags.complex) return { name, content: other((its) => say(readerWords, "mat.complex", { name: its })) };
  if (shape.length !== 2) {
    const dimensions = shape.length;
    return { name, content: other((its) => say(readerWords, "mat.array", { name: its, dimensions })) };
  }
  if (size === 0) return { name, content: empty(shape[0], shape[1]) };
  const start = reader.position;
  const read = (its: string): StoredArray => {
    reader.position = start;
    const data = readValues(reader, its, shape);
    return { shape, data: flags.logical ? asLogical(data) : data, order: "F" };
  };
  return { name, content: { kind: "array", dtype: flags.class === singleClass ? "float32" : "float64", read } };
}

const other = (notMatrix: MatOther["notMatrix"]): MatOther => ({ kind: "other", notMatrix });

const ofKind = (kind: MatKind): MatOther => other((name) => say(readerWords, "mat.kind", { name, kind }));

function empty(rows: number, columns: number): MatOther {
  return other((name) => say(readerWords, "mat.empty", { name, rows, columns }));
}

/** The fields of one struct: the length of a name, all names one after the other, then each field as a variable. */
function readFields(reader: ByteReader, struct: string): Map<string, MatContent> {
  const damaged = (): never => reader.fail(say(readerWords, "mat.fields", { name: struct }));
  const start = reader.position;
  const { type, data: width } = readElement(reader);
  if (type !== 5 || width.left !== 4) damaged();
  const length = width.int32("the length of the fields' names");
  const { data: names } = readElement(reader);
  if (length < 1 || names.left % length !== 0) damaged();
  const fields = new Map<string, MatContent>();
  while (names.left > 0) {
    const name = names.text(length, "the name of a field").replace(/\0.*$/s, "");
    const element = readElement(reader);
    if (element.type !== matrixElement) damaged();
    fields.set(name, element.data.left === 0 ? empty(0, 0) : readVariable(element.data).content);
  }
  reader.position = start;
  return fields;
}

function readFlags(reader: ByteReader): { class: number; complex: boolean; logical: boolean } {
  const { type, data } = readElement(reader);
  if (type !== 6 || data.left !== 8) reader.fail(say(readerWords, "mat.flags"));
  const word = data.uint32("the flags");
  const flags = (word >>> 8) & 0xff;
  return { class: word & 0xff, complex: (flags & complexFlag) !== 0, logical: (flags & logicalFlag) !== 0 };
}

function readDimensions(reader: ByteReader): number[] {
  const { type, data } = readElement(reader);
  if (type !== 5 || data.left < 8 || data.left % 4 !== 0) {
    reader.fail(say(readerWords, "mat.dimensions"));
  }
  const shape: number[] = [];
  while (data.left > 0) shape.push(data.int32("a dimension"));
  if (shape.some((size) => size < 0)) {
    reader.fail(say(readerWords, "mat.negative", { shape: shape.slice(0, 4).join(" × ") }));
  }
  return shape;
}

function readName(reader: ByteReader): string {
  const { type, data } = readElement(reader);
  if (type !== 1) reader.fail(say(readerWords, "mat.name"));
  return data.text(data.left, "the name");
}

/** The numbers of a variable. MATLAB stores them in the smallest type that holds them all, whatever their class. */
function readValues(reader: ByteReader, name: string, [rows, columns]: readonly number[]): NumberArray {
  const { type, data } = readElement(reader);
  const storage = storageTypes.get(type);
  if (storage === undefined) reader.fail(say(readerWords, "mat.noNumbers", { name }));
  const count = data.left / sizeOf[storage];
  if (count !== rows * columns) {
    reader.fail(say(readerWords, "mat.count", { name, rows, columns, numbers: count }));
  }
  return readNumbers(data, storage, count);
}
