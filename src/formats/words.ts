/** What is said of files that a network or its predictions are read from, in English. */
import { quoted } from "../data/quoted.js";

interface TensorFound {
  readonly name: string;
  /** The type and shape: `F64 [3, 2]`. */
  readonly expected: string;
  /** None where there is no such tensor. */
  readonly found?: string | undefined;
}

export const formatsWords = {
  "safetensors.short": ({ bytes }: { bytes: number }) =>
    `the file has ${bytes} bytes, too few for the length of a header`,
  "safetensors.headerLength": ({ length, left, most }: { length: string; left: number; most: number }) =>
    `byte 0: a header of ${length} bytes, but ${left} follow and ${most} are allowed`,
  "safetensors.notBinary": ({ begin }: { begin: string }) =>
    `the file is a text that begins with ${quoted(begin)}, not a safetensors file`,
  "safetensors.begin": () => "byte 8: the header does not begin with {",
  "safetensors.gap": ({ name, begin, end, expected }: { name: string; begin: number; end: number; expected: number }) =>
    `tensor ${quoted(name)} lies at ${begin} … ${end}; expected it to begin at ${expected}, without gap or overlap`,
  "safetensors.outside": ({ name, end, bytes }: { name: string; end: number; bytes: number }) =>
    `tensor ${quoted(name)} ends at ${end}, outside the ${bytes} bytes of data`,
  "safetensors.size": ({
    name,
    shape,
    dtype,
    expected,
    found,
  }: {
    name: string;
    shape: string;
    dtype: string;
    expected: number;
    found: number;
  }) => `tensor ${quoted(name)} of shape [${shape}] needs ${expected} bytes as ${dtype}, but has ${found}`,
  "safetensors.end": ({ bytes }: { bytes: number }) => `${bytes} bytes at the end belong to no tensor`,
  "safetensors.utf8": () => "the header is not valid UTF-8",
  "safetensors.character": ({ character }: { character: number }) => `header, character ${character}`,
  "safetensors.key": ({ key }: { key: string }) => `expected dtype, shape or data_offsets, got ${quoted(key)}`,
  "safetensors.keys": () => "a tensor needs dtype, shape and data_offsets: [begin, end]",
  "safetensors.dtype": ({ dtype }: { dtype: string }) =>
    `dtype ${quoted(dtype)} is not supported; expected F64, F32, F16 or BF16`,
  "safetensors.twice": ({ name }: { name: string }) => `the name ${quoted(name)} occurs twice`,
  "safetensors.text": () => "expected a text",
  "safetensors.more": () => "expected the end of the header",
  "safetensors.number": () => "expected a whole number of at most 15 digits",
  "safetensors.expected": ({ expected }: { expected: string }) => `expected ${expected}`,
  "metadata.json": ({ name }: { name: string }) => `the entry ${name} of the metadata is not JSON`,
  "metadata.noFormat": ({ kind, expected }: { kind: string; expected: readonly string[] }) =>
    `the file is no gradproof ${kind} (it has no entry format); expected ${either(expected)}`,
  "metadata.format": ({ found, expected }: { found: string; expected: readonly string[] }) =>
    `the file is of format ${JSON.stringify(found)}; expected ${either(expected)}`,
  "metadata.entry": ({ name }: { name: string }) => `the metadata has no entry ${name}`,
  "model.tensor": ({ name, expected, found = "none" }: TensorFound) =>
    `expected tensor ${name} as ${expected}, found ${found}`,
  "model.tensors": ({ expected, found }: { expected: number; found: number }) =>
    `expected ${expected} tensors, the file has ${found}`,
  "model.seeds": ({ given }: { given: string }) => `seeds must be a list, one seed a member, got ${given}`,
  "model.notFinite": ({ name, value }: { name: string; value: number }) => `tensor ${name} holds ${value}`,
  "model.features": ({ name, found, expected }: { name: string; found: number; expected: number }) =>
    `the ${name} is for ${found} features, the network has ${expected}`,
  "model.classes": ({ classes, outputs }: { classes: number; outputs: number }) =>
    `the encoder has ${classes} classes, the network ${outputs} outputs`,
};

const either = (formats: readonly string[]): string => formats.map((format) => JSON.stringify(format)).join(" or ");
