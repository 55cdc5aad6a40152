import type { CliContext } from "./context.js";
import { visibleLines } from "./visible.js";

/** `--json` of every command. */
export const jsonFlag = {
  kind: "boolean",
  brief: "Print one JSON document on stdout and nothing else",
  optional: true,
  withNegated: false,
} as const;

/** `--overwrite` of every command that writes files. */
export const overwriteFlag = {
  kind: "boolean",
  brief: "Replace files that already exist",
  optional: true,
  withNegated: false,
} as const;

/** A flag that takes a path. */
export function pathFlag(brief: string, placeholder: string) {
  return { kind: "parsed", parse: String, brief, placeholder, optional: true } as const;
}

/** `--labels` of every command that learns. */
export const labelsFlag = pathFlag(
  "Labels of arrays or images, one an example (.npy, .mat, IDX); .npz and .mat may hold them as y",
  "FILE",
);

/** The number that a text says. An empty text is none, though Number says 0; a text that is none is shown as it is. */
export function numberOf(text: string): unknown {
  const value = Number(text);
  return text.trim() === "" || Number.isNaN(value) ? text : value;
}

/** `learningRate` is given as `--learning-rate`. */
export function flagName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Prints the one document of `--json`. JSON may hold characters that a terminal obeys; as escapes they mean the same. */
export function printJson(context: CliContext, document: unknown): void {
  context.process.stdout.write(`${visibleLines(JSON.stringify(document, null, 2))}\n`);
}
