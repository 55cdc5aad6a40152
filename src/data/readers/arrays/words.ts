/** What is said of files of arrays, in English. */
import { quotedList } from "../../quoted.js";

/** The program that made a file: messages speak its language. */
export type Dialect = "numpy" | "matlab";

interface InArray {
  /** The array of an archive; of a file that holds one only it is left out. */
  readonly array?: string | undefined;
}

interface ArrayEntry extends InArray {
  readonly dialect: Dialect;
  /** From 0, as is the column. */
  readonly row: number;
  readonly value: number;
}

interface InMatrix {
  readonly column: number;
  /** Which of the two is an example. */
  readonly example: "row" | "column";
}

interface Sized {
  readonly array: string;
  readonly shape: string;
}

interface Known {
  readonly known: readonly string[];
}

interface Counts {
  readonly file: string;
  readonly examples: number;
  readonly labelsFile: string;
  readonly labels: number;
}

export const arraysWords = {
  "arrays.format": ({ path }: { path: string }) =>
    `${path} is no file of arrays; expected .npy, .npz, .mat or IDX (.idx3-ubyte, also with .gz)`,
  "arrays.labelsTwice": ({ file, y, labels }: { file: string; y: string; labels: string }) =>
    `${file} holds the labels itself, as ${y}; leave ${labels} out`,
  "arrays.count": (counts: Counts) => countsDiffer(counts),
  "arrays.transposed": (counts: Counts) =>
    `${countsDiffer(counts)}; one row per example is expected: transpose the array`,

  "arrays.absent": ({ array }: { array: string }) => `there is no array ${array}`,
  "arrays.noX": ({ known }: Known) =>
    `there is no array X; the file has ${known.length === 0 ? "none" : quotedList(known)}. ` +
    "Save the examples as X and their labels as y",
  "arrays.noY": ({ known }: Known) => `there is no array y of labels; the file has ${quotedList(known)}`,
  "arrays.structs": ({ arrays, struct }: { arrays: readonly string[]; struct: string }) =>
    `${quotedList(arrays)} may each be the examples; save the struct to train on alone, ` +
    `such as save('one.mat', '-struct', '${struct}')`,
  "arrays.spellings": ({ arrays, usual }: { arrays: readonly string[]; usual: string }) =>
    `${quotedList(arrays)} may each be ${usual}; save one as ${usual}`,
  "arrays.chosen": ({ X, y, others }: { X: string; y?: string | undefined; others: readonly string[] }) => {
    const labels = y === undefined ? "" : ` and ${as(y, "y")}`;
    const left = others.length === 0 ? "" : `, leaves ${quotedList(others)} alone`;
    return `takes ${as(X, "X")}${labels}${left}`;
  },
  "arrays.columns": ({ array, shape }: Sized) => `${array} is ${shape}: an example a column`,

  "arrays.labels": ({ array, shape, labels }: Sized & { labels: number }) =>
    `${array} is ${shape}, and there ${labels === 1 ? "is 1 label" : `are ${labels} labels`}; ` +
    "expected one label a row, or one a column",
  "arrays.square": (sized: Sized) =>
    `${rowOrColumn(sized)}; leave one example out, such as ${sized.array}(1:end-1, :) where it is a row ` +
    `and ${sized.array}(:, 1:end-1) where it is a column`,
  "arrays.squareLabelled": (sized: Sized) =>
    `${rowOrColumn(sized)}; write a table: writetable(array2table([${sized.array} y(:)]), 'data.csv') ` +
    `where it is a row, and with ${sized.array}' where it is a column`,

  "arrays.labelsShape": ({ dimensions, shape }: { dimensions: number; shape: string }) =>
    `labels have one dimension, these numbers ${dimensions} (${shape})`,
  "arrays.labelsType": () =>
    "labels of an IDX file are the whole numbers of classes, but it holds floating-point numbers; " +
    "save quantities to predict as .npy",
  "arrays.onlyLabels": () =>
    "the file has one dimension, as labels have; expected images, or one row of numbers an example",
  "arrays.dimensions": ({ dimensions }: { dimensions: number }) =>
    `the array has ${dimensions} dimensions; expected images × height × width (× channels)`,
  "arrays.channels": ({ shape }: { shape: string }) =>
    `the images are ${shape}, so their channels seem to come first; expected them last, ` +
    "such as images.transpose(0, 2, 3, 1)",
  "arrays.fortran": () => "the images are in Fortran's order; save them as numpy.ascontiguousarray(images)",

  "arrays.entry": ({ dialect, row, column, value, example, array }: ArrayEntry & InMatrix) =>
    `entry ${place(dialect, row, column)}${of(array)} is ${value}; replace it, or leave the ${example} out`,
  "arrays.label": ({ dialect, row, value, array }: ArrayEntry) =>
    `entry ${place(dialect, row)}${of(array)} is ${value}; replace it, or leave the row out`,
  "arrays.oneHot": ({ dialect, shape, array }: InArray & { dialect: Dialect; shape: string }) =>
    `the array${of(array)} is ${shape}; expected one label per example, such as ${oneLabel[dialect]} of one-hot rows`,
};

/** What makes one label a row. */
const oneLabel: Readonly<Record<Dialect, string>> = {
  numpy: "labels.argmax(axis=1)",
  matlab: "[~, y] = max(Y, [], 2)",
};

function place(dialect: Dialect, ...indices: readonly number[]): string {
  return dialect === "numpy" ? `[${indices.join(", ")}]` : `(${indices.map((index) => index + 1).join(", ")})`;
}

const of = (array: string | undefined): string => (array === undefined ? "" : ` of ${array}`);

const as = (array: string, role: string): string => (array === role ? role : `${array} as ${role}`);

function rowOrColumn({ array, shape }: Sized): string {
  return `${array} is ${shape}, so an example may be a row or a column`;
}

function countsDiffer({ file, examples, labelsFile, labels }: Counts): string {
  return `${file} has ${count(examples, "example")}, ${labelsFile} ${count(labels, "label")}; expected one label per example`;
}

function count(number: number, what: string): string {
  return `${number.toLocaleString("en-US")} ${what}${number === 1 ? "" : "s"}`;
}
