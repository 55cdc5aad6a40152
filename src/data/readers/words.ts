/** What is said of binary files that cannot be read, in English. `part` is a part of the format, by its English name. */
import { quoted, quotedList } from "../quoted.js";

interface Size {
  readonly rows: number;
  readonly columns: number;
}

interface Variable {
  readonly name: string;
}

/** What a variable of a MAT-file is that is no array of numbers: a class of MATLAB's. */
export type MatKind = "cell" | "struct" | "object" | "char" | "sparse" | "function_handle";

/** What each is called, and what makes a matrix of it in MATLAB, where anything does. */
const kinds: Readonly<Record<MatKind, readonly [what: string, advice?: (name: string) => string]>> = {
  cell: [
    "a cell array",
    (name) => `cell2mat(${name}) of numbers, double(categorical(${name})) of the names of classes`,
  ],
  struct: ["a struct", (name) => `one of its fields after save('fields.mat', '-struct', '${name}')`],
  object: ["an object", (name) => `table2array(${name}) of a table`],
  char: ["text", (name) => `double(categorical(cellstr(${name}))) of the names of classes`],
  sparse: ["a sparse matrix", (name) => `full(${name})`],
  function_handle: ["a function handle"],
};

function notReal(name: string, what: string, advice?: string): string {
  const example = advice === undefined ? "" : `, such as ${advice}`;
  return `variable ${quoted(name)} is ${what}; expected a real matrix${example}`;
}

export const readerWords = {
  "binary.byte": ({ byte }: { byte: number }) => `byte ${byte}`,
  "binary.truncated": ({ part, needed, left }: { part: string; needed: number; left: number }) =>
    `${part} needs ${needed} bytes but ${left} are left; the file is truncated or damaged`,
  "binary.outside": ({ part, byte, bytes }: { part: string; byte: number; bytes: number }) =>
    `${part} is at byte ${byte}, outside the ${bytes} bytes`,
  "binary.integer": ({ integer }: { integer: string }) =>
    `the integer ${integer} cannot be held exactly by a 64-bit float`,

  "deflate.damaged": ({ reason }: { reason: string }) => `the compressed data are damaged (${reason})`,
  "deflate.tooLong": ({ most }: { most: number }) =>
    `the compressed data expand to more than ${most} bytes; store them uncompressed`,
  "deflate.end": () => "the compressed data go on after their end",
  "zlib.short": ({ bytes }: { bytes: number }) => `a zlib stream has at least 6 bytes, got ${bytes}`,
  "zlib.header": () => "the compressed data do not begin with a zlib header",
  "zlib.checksum": () => "the compressed data do not match their checksum; the file is damaged",
  "gzip.method": ({ method }: { method: number }) => `compression method ${method} is unknown; expected 8, DEFLATE`,
  "gzip.truncated": () => "the file is truncated",
  "gzip.checksum": () => "the data do not match their checksum; the file is damaged or has several members",

  "zip.file": ({ archive, file }: { archive: string; file: string }) => `${archive}, file ${quoted(file)}`,
  "zip.noDirectory": () => "no zip directory at the end of the file; it is truncated or no zip archive",
  "zip.parts": () => "archives in several parts are not supported",
  "zip.large": () => "archives of 65,535 files or 4 GiB and more (zip64) are not supported",
  "zip.twice": ({ file }: { file: string }) => `two files are named ${quoted(file)}`,
  "zip.overlap": () => "the files overlap",
  "zip.tooLong": ({ most }: { most: number }) => `the files expand to more than ${most} bytes`,
  "zip.directoryEnd": ({ entries }: { entries: number }) =>
    `the directory does not end behind its ${entries} entries; the archive is damaged`,
  "zip.entry": () => "expected a directory entry; the archive is damaged",
  "zip.encrypted": ({ file }: { file: string }) => `${quoted(file)} is encrypted`,
  "zip.method": ({ file, method }: { file: string; method: number }) =>
    `${quoted(file)} uses compression method ${method}; only 0 (stored) and 8 (DEFLATE) are known`,
  "zip.largeFile": ({ file }: { file: string }) =>
    `${quoted(file)} is larger than 4 GiB (zip64), which is not supported`,
  "zip.size": ({ file, bytes, stored }: { file: string; bytes: number; stored: number }) =>
    `${quoted(file)} cannot hold ${bytes} bytes in ${stored}`,
  "zip.header": () => "expected a local header; the archive is damaged",
  "zip.name": ({ file }: { file: string }) => `the local header names the file ${quoted(file)}`,
  "zip.checksum": () => "the data do not match their length or checksum; the archive is damaged",

  "array.empty": ({ shape }: { shape: string }) => `the array is empty, ${shape}`,
  "array.size": ({ shape, needed, left }: { shape: string; needed: number; left: number }) =>
    `an array of ${shape} needs ${needed} bytes but ${left} follow; the file is damaged`,

  "idx.magic": () => "an IDX file begins with two zero bytes",
  "idx.type": ({ type }: { type: number }) => `the type ${type} is unknown; expected 8, 9, 11, 12, 13 or 14`,
  "idx.dimensions": () => "the array has no dimensions",

  "npy.name": () => "the name does not end in .npy; expected arrays saved by numpy.savez",
  "npy.dtype": ({ dtype }: { dtype: string }) =>
    `dtype ${quoted(dtype)} is not supported; expected real numbers, such as array.astype('float64')`,
  "npy.dimensions": ({ dimensions }: { dimensions: number }) =>
    `the array has ${dimensions} dimensions; expected at most 2, such as array.reshape(len(array), -1)`,
  "npy.magic": () => "the file does not begin with \\x93NUMPY; it is no .npy file",
  "npy.version": ({ version }: { version: string }) => `version ${version} is unknown; expected 1.0, 2.0 or 3.0`,
  "npy.headerLength": ({ length }: { length: number }) => `the header is ${length} bytes long; expected at most 10,000`,
  "npy.header": () => "the header is no Python dictionary",
  "npy.entries": () => "the header is no dictionary of descr, fortran_order and shape, or it describes records",
  "npy.shape": ({ shape }: { shape: string }) => `the shape (${shape}) is no tuple of whole numbers`,
  "npy.entry": ({ entry }: { entry: string }) =>
    `the entry ${quoted(entry)} of the header is unknown, repeated or of the wrong type`,
  "npy.headerEnd": () => "text follows the dictionary of the header",
  "npy.absent": () => "the header lacks descr, fortran_order or shape",

  "mat.compressed": ({ byte }: { byte: number }) => `MAT-file, inside the compressed element at byte ${byte}`,
  "mat.version7": () => "version 7.3 (HDF5) is not supported; save it again with save(…, '-v7')",
  "mat.version4": () => "version 4, or no MAT-file at all; if it is one, save it again with save(…, '-v7')",
  "mat.header": () => "expected version 1.0 and the mark MI or IM; this is no MAT-file of version 5 to 7",
  "mat.element": ({ type }: { type: number }) =>
    `expected a variable, got an element of type ${type}; the file is damaged`,
  "mat.twice": ({ name }: Variable) => `two variables are named ${quoted(name)}`,
  "mat.shortElement": ({ bytes }: { bytes: number }) => `a short element holds at most 4 bytes, not ${bytes}`,
  "mat.class": ({ name, type }: Variable & { type: number }) =>
    `variable ${quoted(name)} is of the unknown class ${type}`,
  "mat.flags": () => "expected the flags of a variable; the file is damaged",
  "mat.dimensions": () => "expected the dimensions of a variable; the file is damaged",
  "mat.negative": ({ shape }: { shape: string }) => `a dimension is negative: ${shape}`,
  "mat.name": () => "expected the name of a variable; the file is damaged",
  "mat.noNumbers": ({ name }: Variable) => `variable ${quoted(name)} has no numbers; the file is damaged`,
  "mat.count": ({ name, rows, columns, numbers }: Variable & Size & { numbers: number }) =>
    `variable ${quoted(name)} is ${rows} × ${columns} but has ${numbers} numbers; the file is damaged`,
  "mat.fields": ({ name }: Variable) => `the fields of the struct ${quoted(name)} are damaged`,
  "mat.kind": ({ name, kind }: Variable & { kind: MatKind }) => {
    const [what, advice] = kinds[kind];
    return notReal(name, what, advice?.(name));
  },
  "mat.complex": ({ name }: Variable) => notReal(name, "complex numbers", `real(${name}) or abs(${name})`),
  "mat.array": ({ name, dimensions }: Variable & { dimensions: number }) =>
    notReal(
      name,
      `an array of ${dimensions} dimensions`,
      `reshape(${name}, [], size(${name}, ${dimensions})) with an example a column`,
    ),
  "mat.empty": ({ name, rows, columns }: Variable & Size) => notReal(name, `an empty array, ${rows} × ${columns}`),
  "mat.absent": ({ name, known, near }: Variable & { known: readonly string[]; near?: string | undefined }) =>
    `no variable ${quoted(name)}; the file has ${known.length === 0 ? "none" : quotedList(known)}` +
    (near === undefined ? "" : `. Did you mean ${quoted(near)}?`),
};
