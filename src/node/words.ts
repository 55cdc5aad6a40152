/** What is said of files and programs, in English. */

interface At {
  readonly path: string;
}

export const nodeWords = {
  "file.read": ({ path }: At) => `cannot read ${path}`,
  "file.write": ({ path }: At) => `cannot write ${path}`,
  "file.writeInto": ({ path }: At) => `cannot write into ${path}`,
  "file.writeEvents": ({ path }: At) => `cannot write TensorBoard events into ${path}`,
  "file.writeTo": ({ path }: At) => `cannot write to ${path}`,
  "file.makeFolder": ({ path }: At) => `cannot make the folder ${path}`,
  "file.rename": ({ path }: At) => `cannot rename ${path}`,
  "file.remove": ({ path }: At) => `cannot remove ${path}`,
  "file.missing": ({ near }: { near?: string | undefined }) =>
    `there is no such file${near === undefined ? "" : ` (did you mean ${near}?)`}`,
  "file.noFolder": ({ folder }: { folder: string }) => `there is no such file and no folder ${folder}`,
  "file.notFolder": () => "a part of the path is a file, not a folder",
  "file.isFolder": () => "it is a folder, not a file",
  "file.denied": () => "permission denied",
  "file.readOnly": () => "the file system is read-only",
  "file.full": () => "no space left on the device",
  "file.quota": () => "the disk quota is used up",
  "file.largest": () => "the system allows no larger file",
  "file.device": () => "the device fails",
  "file.longName": () => "the name is too long",
  "file.exists": () => "it exists already",
  "file.large": () => "it is larger than 2 GiB",
  "file.system": ({ reason }: { reason: string }) => reason,

  "table.unpacked": ({ mebibytes }: { mebibytes: number }) =>
    `it holds more than ${mebibytes} MiB; unpack it, and read the file itself`,
  "table.hyparquet": () => "Parquet files need the package hyparquet: npm install hyparquet",
  "table.parquet": ({ reason }: { reason: string }) => `no Parquet file that hyparquet can read: ${reason}`,
  "table.format": ({ path, format }: At & { format: TableFormat }) => `${path} is not a CSV file; ${advice[format]}`,

  "points.shape": ({
    X,
    y,
    rowsX,
    columnsX,
    rowsY,
    columnsY,
  }: {
    X: string;
    y: string;
    rowsX: number;
    columnsX: number;
    rowsY: number;
    columnsY: number;
  }) =>
    `${X} is ${rowsX} × ${columnsX} and ${y} is ${rowsY} × ${columnsY}; ` +
    "expected points × 2 and points × 1, one row a point",
  "points.label": ({ name, value }: { name: string; value: number }) =>
    `${name} holds ${value}; expected labels 0 and 1`,
  "points.absent": ({ name }: { name: string }) => `there is no variable ${name}`,

  "command.shell": ({ command, word }: { command: string; word: string }) =>
    `the command ${command} holds ${word}, but no shell runs it; write a script, or sh -c '…' around it`,
  "command.quote": ({ command, quote }: { command: string; quote: string }) =>
    `the command ${command} has a ${quote} without its end`,
  "command.empty": () => "the command is empty",
  "command.nul": ({ command }: { command: string }) => `the command ${command} holds a NUL character`,

  "wire.base64": () => "the text of its npy is no base64",
  "wire.dimensions": () => "it has more than 64 dimensions",
  "wire.ragged": ({ array, found, expected }: { array: string; found: string; expected: number }) =>
    `${array}: expected a list of ${expected}, as the first one beside it, got ${found}`,
  "wire.entry": ({ array, given }: { array: string; given: string }) =>
    `${array}: expected a number, nested lists of numbers or {"npy": "…"}, got ${given}`,

  "blas.koffi": ({ reason }: { reason: string }) =>
    `native BLAS needs the package koffi (npm install koffi): ${reason}`,
  "blas.named": ({ complaints }: { complaints: readonly string[] }) =>
    `no BLAS in ${complaints.join("; ")}. ${installBlas}`,
  "blas.none": ({ tried }: { tried: readonly string[] }) =>
    `found no BLAS library on this machine (tried ${tried.join(", ") || "none"}); ${installBlas}`,

  "sweepFolder.other": ({
    folder,
    differences,
    more,
  }: {
    folder: string;
    differences: readonly string[];
    more: number;
  }) =>
    [
      `${folder} holds another sweep; give another folder, or the same options as then:`,
      ...differences.map((difference) => `  ${difference}`),
      ...(more > 0 ? [`  and ${more} more`] : []),
    ].join("\n"),
};

/** What was done to a file when the operating system refused, by the end of the sentence's id. */
export type FileAction =
  | "read"
  | "write"
  | "writeInto"
  | "writeEvents"
  | "writeTo"
  | "makeFolder"
  | "rename"
  | "remove";

/** What a file is that is no CSV. */
export type TableFormat = "npy" | "npz" | "mat" | "idx" | "sheet";

const advice: Readonly<Record<TableFormat, string>> = {
  npy: 'NumPy arrays are read with parseNpy of "gradproof/npy"',
  npz: 'NumPy archives are read with parseNpz of "gradproof/npy"',
  mat: 'MATLAB files are read with parseMat of "gradproof/mat"',
  idx: 'IDX files are read with parseIdx of "gradproof/idx"',
  sheet: "save the sheet as CSV first",
};

const installBlas = "install OpenBLAS (Debian: libopenblas0; macOS has Accelerate), or name a library";
